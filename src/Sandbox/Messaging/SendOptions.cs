using System.Text.Json;
using System.Text.RegularExpressions;

namespace Sandbox.Messaging;

/// <summary>What a sending call says beside its messages. Source: reference, "Send push message".</summary>
internal static partial class SendOptions
{
    /// <param name="takesUnits">Whether the call counts by aggregation units: push and multicast do, reply does not.</param>
    public static void Check(BodyCheck check, JsonElement body, bool takesUnits)
    {
        if (body.TryGetProperty("notificationDisabled", out var isSilent) && isSilent.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            check.WrongType("notificationDisabled");
        if (!takesUnits || check.Array(body, "", "customAggregationUnits", 0, 1, isRequired: false) is not { } units)
            return;

        foreach (var unit in units.EnumerateArray())
        {
            if (unit.ValueKind != JsonValueKind.String)
                check.WrongType("customAggregationUnits[0]");
            else if (!UnitName().IsMatch(unit.GetString()!))
                check.Add("customAggregationUnits[0]", "invalid property");
        }
    }

    public static bool IsUnit(string text) => UnitName().IsMatch(text);

    /// <summary>The aggregation unit of a body that was found right; null: none.</summary>
    public static string? Unit(JsonElement body) =>
        body.TryGetProperty("customAggregationUnits", out var units) && units.GetArrayLength() > 0 ? units[0].GetString() : null;

    [GeneratedRegex(@"\A[a-zA-Z0-9_]{1,30}\z")]
    private static partial Regex UnitName();
}
