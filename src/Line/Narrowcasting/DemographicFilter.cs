using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Line.Json;

namespace Line.Narrowcasting;

/// <summary>A condition on people's attributes, or such conditions combined.</summary>
[JsonConverter(typeof(KindConverter<DemographicFilter>))]
public abstract record DemographicFilter : IKind<DemographicFilter>
{
    private protected DemographicFilter()
    {
    }

    /// <summary>The kind's name on the wire.</summary>
    [JsonPropertyOrder(-1)]
    public string Type => Kind;

    private protected abstract string Kind { get; }

    /// <summary>How many conditions it is made of.</summary>
    internal virtual int Leaves => 1;

    JsonElement? IKind<DemographicFilter>.Raw => (this as RawDemographicFilter)?.Json;

    /// <summary>All of these.</summary>
    public static DemographicFilter AllOf(params IEnumerable<DemographicFilter> filters) => new OperatorDemographicFilter { And = [.. filters] };

    /// <summary>Any of these.</summary>
    public static DemographicFilter AnyOf(params IEnumerable<DemographicFilter> filters) => new OperatorDemographicFilter { Or = [.. filters] };

    /// <summary>Not this.</summary>
    public static DemographicFilter Except(DemographicFilter filter) => new OperatorDemographicFilter { Not = filter };

    static JsonTypeInfo? IKind<DemographicFilter>.InfoOf(string? type) => type switch
    {
        "age" => LineJson.Default.AgeFilter,
        "appType" => LineJson.Default.AppTypeFilter,
        "area" => LineJson.Default.AreaFilter,
        "gender" => LineJson.Default.GenderFilter,
        "subscriptionPeriod" => LineJson.Default.SubscriptionPeriodFilter,
        "operator" => LineJson.Default.OperatorDemographicFilter,
        _ => null,
    };

    static DemographicFilter IKind<DemographicFilter>.Keep(JsonElement json) => new RawDemographicFilter(json);
}
