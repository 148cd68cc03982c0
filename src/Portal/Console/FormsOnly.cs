using Microsoft.AspNetCore.Antiforgery;

namespace Portal.Console;

/// <summary>For a route that is posted to by a form without fields of its own: its antiforgery token is checked all the same.</summary>
internal static class FormsOnly
{
    public static IAntiforgeryMetadata Checked { get; } = new RequireAntiforgeryTokenAttribute();
}
