using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Portal.Identity;

namespace Portal.Providers;

/// <summary>Where an application's pages are.</summary>
internal static class ProviderPath
{
    public static string Overview(string slug) => $"/o/{slug}/provider";

    public static string Part(string slug, ApplicationPart part) => $"{Overview(slug)}/{Word(part)}";

    public static string Review(ApplicationId id) => $"/operations/providers/{id}";

    public static string Word(ApplicationPart part) => part.ToString().ToLowerInvariant();

    public static ApplicationPart? Parse(string? word) => Enum.TryParse<ApplicationPart>(word, ignoreCase: true, out var part) && Enum.IsDefined(part) && !char.IsAsciiDigit(word![0]) ? part : null;

    /// <summary>Back to a part's page, which says what came of it; a part that is saved leads on to the overview.</summary>
    public static RedirectHttpResult Answer(CurrentMember member, ApplicationPart part, PartResult result) => TypedResults.LocalRedirect(result switch
    {
        PartResult.Saved { LeadsOn: true } => $"{Overview(member.Organisation.Slug)}?said=saved#{Word(part)}",
        PartResult.Saved => $"{Part(member.Organisation.Slug, part)}?said=saved",
        PartResult.Refused refused => $"{Part(member.Organisation.Slug, part)}?said={Uri.EscapeDataString(refused.Why)}",
        PartResult.Closed => $"{Overview(member.Organisation.Slug)}?said=closed",
        _ => string.Create(CultureInfo.InvariantCulture, $"{Part(member.Organisation.Slug, part)}?said=changed"),
    });
}
