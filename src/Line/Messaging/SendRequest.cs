using System.Text.Json;
using System.Text.RegularExpressions;
using Line.Json;
using Line.Narrowcasting;
using Line.Validation;

namespace Line;

/// <summary>The body of any send.</summary>
internal sealed partial record SendRequest(IReadOnlyList<LineMessage> Messages) : IChecked
{
    public string? ReplyToken { get; init; }

    public ChatId? To { get; init; }

    public IReadOnlyList<UserId>? ToMany { get; init; }

    public string? ToPhone { get; init; }

    public Narrowcast? Narrowcast { get; init; }

    public bool IsSilent { get; init; }

    public string? AggregationUnit { get; init; }

    public void Check(FaultFinder faults)
    {
        if (ToMany is not null)
            faults.Size("to", ToMany, 1, LineLimits.RecipientsMax);

        if (ToPhone is not null && !Digest().IsMatch(ToPhone))
            faults.Add("to", "The value must be a valid SHA-256 digest.");

        faults.Parts("messages", Messages, 1, LineLimits.MessagesMax);
        Narrowcast?.CheckAudience(faults);
        if (AggregationUnit is not null && !Unit().IsMatch(AggregationUnit))
            faults.Add("customAggregationUnits", 0, $"must match {Unit()}");
    }

    public void WriteTo(Utf8JsonWriter writer)
    {
        if (ReplyToken is not null)
            writer.WriteString("replyToken"u8, ReplyToken);

        if (To is { } chat)
            writer.WriteString("to"u8, chat.ToString());

        if (ToPhone is not null)
            writer.WriteString("to"u8, ToPhone);

        if (ToMany is not null)
        {
            writer.WriteStartArray("to"u8);
            foreach (var user in ToMany)
                writer.WriteStringValue(user.ToString());

            writer.WriteEndArray();
        }

        writer.WriteStartArray("messages"u8);
        foreach (var message in Messages)
            JsonSerializer.Serialize(writer, message, LineJson.Default.LineMessage);

        writer.WriteEndArray();
        Narrowcast?.WriteTo(writer);
        if (IsSilent)
            writer.WriteBoolean("notificationDisabled"u8, true);

        if (AggregationUnit is not null)
        {
            writer.WriteStartArray("customAggregationUnits"u8);
            writer.WriteStringValue(AggregationUnit);
            writer.WriteEndArray();
        }
    }

    [GeneratedRegex("^[a-zA-Z0-9_]{1,30}$")]
    private static partial Regex Unit();

    [GeneratedRegex("^[0-9a-f]{64}$")]
    private static partial Regex Digest();
}
