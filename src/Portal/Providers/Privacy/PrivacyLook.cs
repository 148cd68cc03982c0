using Portal.Outside;

namespace Portal.Providers;

/// <summary>Looks at a company's privacy page and for its name in it.</summary>
internal sealed class PrivacyLook(PageReader pages)
{
    /// <returns>The evidence, not added to anything yet.</returns>
    public async Task<PrivacyCheck> LookAsync(ProviderApplication application, string url, CancellationToken cancellationToken)
    {
        var look = await pages.ReadAsync(url, cancellationToken);
        return new PrivacyCheck
        {
            Id = Guid.CreateVersion7(), TenantId = application.TenantId, ApplicationId = application.Id, At = look.At, AskedUrl = look.AskedUrl, FinalUrl = look.FinalUrl,
            Status = look.Status, Fault = look.Fault, Text = Cut(look.Text), Hash = look.Hash,
            IsNameFound = PageText.Names(look.Text, application.CompanyName) || PageText.Names(look.Text, application.LatinName),
        };
    }

    /// <summary>Not within a sign: half of one is no text, and a database may refuse it.</summary>
    private static string Cut(string text) =>
        text.Length <= PrivacyCheck.TextMax ? text : text[..(char.IsHighSurrogate(text[PrivacyCheck.TextMax - 1]) ? PrivacyCheck.TextMax - 1 : PrivacyCheck.TextMax)];
}
