namespace ModuleGateway.Facade;

/// <summary>What LINE keeps per channel and the gateway divides among the linkages of one account.</summary>
internal enum ThingKind : byte { RichMenu, RichMenuAlias, Audience, Coupon, NarrowcastRequest, BatchRequest, Unit }

/// <summary>Where a thing stands in a call.</summary>
internal enum ThingWhere : byte { Path, Query, Body, Made, Answer, List }

/// <summary>A thing that a call names, makes or lists.</summary>
/// <param name="Name">Of the path's or query's parameter, or of the property.</param>
internal sealed record ThingPlace(ThingKind Kind, ThingWhere Where, string Name);
