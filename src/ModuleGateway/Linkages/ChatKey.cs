using Line;

namespace ModuleGateway.Linkages;

/// <summary>A chat: a bot with a user, a group or a room. The bits are LINE's id, or its digest where LINE's has another shape.</summary>
internal readonly record struct ChatKey(BotId Bot, IdKind Kind, UInt128 Id);
