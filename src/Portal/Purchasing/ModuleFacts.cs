using Tenancy;

namespace Portal.Purchasing;

/// <summary>What anybody may know of a module: no secret, no key, no webhook URL.</summary>
/// <param name="Name">In the reader's language, as its listing says; else as its provider calls it.</param>
/// <param name="PlanNames">Plan code → its name, as the listing says.</param>
/// <param name="ListingSlug">Null for one that is in no shop window, as a developer's.</param>
public sealed record ModuleFacts(ModuleId Id, string Name, ModuleRole Role, string? SetUpUrl, string? ListingSlug, string? IconUrl, IReadOnlyDictionary<string, string> PlanNames)
{
    /// <summary>What tests and style sheets call it: its listing's slug, or its id.</summary>
    public string Hook => ListingSlug ?? Id.ToString();

    /// <summary>The set-up page, told which account and linkage it is for; null when there is nothing to set up.</summary>
    public string? SetUpAddress(Linkage linkage)
    {
        ArgumentNullException.ThrowIfNull(linkage);
        return SetUpUrl is null ? null : Microsoft.AspNetCore.WebUtilities.QueryHelpers.AddQueryString(
            SetUpUrl, new Dictionary<string, string?> { ["bot"] = linkage.BotId.ToString(), ["linkage"] = linkage.Id.ToString() });
    }
}
