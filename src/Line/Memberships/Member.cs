using System.Text.Json.Serialization;
using Line.Json;

namespace Line.Memberships;

/// <summary>A person as a member.</summary>
/// <param name="MembershipNo">Their number.</param>
/// <param name="JoinedTime">When they joined.</param>
/// <param name="NextBillingDate">When they pay next, in Japan.</param>
/// <param name="TotalSubscriptionMonths">For how many months they have been members, since they joined last.</param>
public sealed record Member(
    long MembershipNo,
    [property: JsonConverter(typeof(UnixSecondsConverter))] DateTimeOffset JoinedTime,
    DateOnly NextBillingDate,
    int TotalSubscriptionMonths);
