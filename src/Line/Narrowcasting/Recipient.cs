using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Line.Json;

namespace Line.Narrowcasting;

/// <summary>A set of people by name: an audience, who got a narrowcast, or these combined.</summary>
[JsonConverter(typeof(KindConverter<Recipient>))]
public abstract record Recipient : IKind<Recipient>
{
    private protected Recipient()
    {
    }

    /// <summary>The kind's name on the wire.</summary>
    [JsonPropertyOrder(-1)]
    public string Type => Kind;

    private protected abstract string Kind { get; }

    /// <summary>How many sets it is made of.</summary>
    internal virtual int Leaves => 1;

    JsonElement? IKind<Recipient>.Raw => (this as RawRecipient)?.Json;

    /// <summary>People in all of these.</summary>
    public static Recipient AllOf(params IEnumerable<Recipient> recipients) => new OperatorRecipient { And = [.. recipients] };

    /// <summary>People in any of these.</summary>
    public static Recipient AnyOf(params IEnumerable<Recipient> recipients) => new OperatorRecipient { Or = [.. recipients] };

    /// <summary>People not in this.</summary>
    public static Recipient Except(Recipient recipient) => new OperatorRecipient { Not = recipient };

    static JsonTypeInfo? IKind<Recipient>.InfoOf(string? type) => type switch
    {
        "audience" => LineJson.Default.AudienceRecipient,
        "redelivery" => LineJson.Default.RedeliveryRecipient,
        "operator" => LineJson.Default.OperatorRecipient,
        _ => null,
    };

    static Recipient IKind<Recipient>.Keep(JsonElement json) => new RawRecipient(json);
}
