namespace Line;

/// <summary>How many messages went out on a day.</summary>
/// <param name="Status"><c>ready</c>, <c>unready</c> (counted the next day), <c>unavailable_for_privacy</c> (under 20) or <c>out_of_service</c> (too long ago); an open set.</param>
/// <param name="Success">How many; null unless ready.</param>
public sealed record DeliveryCount(string Status, long? Success);
