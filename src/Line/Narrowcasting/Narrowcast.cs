using System.Text.Json;
using Line.Json;
using Line.Validation;

namespace Line.Narrowcasting;

/// <summary>Who gets a narrowcast: friends in audiences, of some kind, or both. All empty: all friends.</summary>
public sealed record Narrowcast
{
    /// <summary>Most audiences and redeliveries together.</summary>
    public const int RecipientsMax = 10;

    /// <summary>Most conditions on people's attributes.</summary>
    public const int FiltersMax = 10;

    /// <summary>Audiences, or who got an earlier narrowcast.</summary>
    public Recipient? Recipient { get; init; }

    /// <summary>Attributes, as LINE guesses them. The account needs at least 100 people that LINE can target.</summary>
    public DemographicFilter? Demographic { get; init; }

    /// <summary>How many at most.</summary>
    public NarrowcastLimit? Limit { get; init; }

    internal void CheckAudience(FaultFinder faults)
    {
        if (Recipient?.Leaves > RecipientsMax)
            faults.Add("recipient", $"at most {RecipientsMax} audiences and redeliveries are taken");

        if (Demographic?.Leaves > FiltersMax)
            faults.Add("filter.demographic", $"at most {FiltersMax} filters are taken");

        if (Limit is { Max: < 1 })
            faults.Add("limit.max", "must be greater than or equal to 1");

        if (Limit is { ForbidPartialDelivery: true, UpToRemainingQuota: not true })
            faults.Add("limit.forbidPartialDelivery", "The option forbidPartialDelivery must be used with upToRemainingQuota.");
    }

    internal void WriteTo(Utf8JsonWriter writer)
    {
        if (Recipient is not null)
        {
            writer.WritePropertyName("recipient"u8);
            JsonSerializer.Serialize(writer, Recipient, LineJson.Default.Recipient);
        }

        if (Demographic is not null)
        {
            writer.WriteStartObject("filter"u8);
            writer.WritePropertyName("demographic"u8);
            JsonSerializer.Serialize(writer, Demographic, LineJson.Default.DemographicFilter);
            writer.WriteEndObject();
        }

        if (Limit is not null)
        {
            writer.WritePropertyName("limit"u8);
            JsonSerializer.Serialize(writer, Limit, LineJson.Default.NarrowcastLimit);
        }
    }
}
