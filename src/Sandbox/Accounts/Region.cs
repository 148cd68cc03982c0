using System.Text.Json.Serialization;

namespace Sandbox.Accounts;

/// <summary>Where an Official Account was opened. Source: attach, parameter <c>region</c>.</summary>
internal enum Region
{
    [JsonStringEnumMemberName("JP")]
    Jp,

    [JsonStringEnumMemberName("TW")]
    Tw,
}
