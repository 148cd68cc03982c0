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
            Status = look.Status, Fault = look.Fault, Text = look.Text.Length > PrivacyCheck.TextMax ? look.Text[..PrivacyCheck.TextMax] : look.Text, Hash = look.Hash,
            IsNameFound = PageText.Names(look.Text, application.CompanyName) || PageText.Names(look.Text, application.LatinName),
        };
    }
}
