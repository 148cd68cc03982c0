using System.Security.Cryptography;
using System.Text;
using Portal.Catalog.Demo.Drawing;
using Tenancy;

namespace Portal.Catalog.Demo;

/// <summary>One listing of the invented market, with its texts and with pictures drawn for it.</summary>
internal static class DemoListing
{
    public static Listing Make(DemoData.ListingFile file, ModuleId moduleId, Provider provider, bool isInstallable, int position, DateTimeOffset now)
    {
        var listing = new Listing
        {
            Id = ListingId.New(), ModuleId = moduleId, ProviderId = provider.Id, Slug = file.Slug, Verticals = file.Verticals, Functions = file.Functions, Role = file.Role,
            Permissions = [.. file.Permissions.Select(permission => new Listing.Permission(permission.Scope, permission.Optional))],
            PrivacyPolicyUrl = $"https://{provider.Slug}.example/privacy", IsInstallable = isInstallable, Position = position, PublishedAt = now.AddDays(-file.DaysAgo),
        };

        var palette = Palette.Of(file.Verticals[0]);
        listing.Pictures.Add(Picture(listing.Id, PictureKind.Icon, "", IconDrawing.Draw(file.Drawing.Glyph, palette), ""));
        listing.Pictures.Add(Picture(listing.Id, PictureKind.Cover, "", CoverDrawing.Draw(file.Drawing.Scene, file.Drawing.Glyph, palette), ""));
        foreach (var (language, text) in file.Texts)
        {
            listing.Texts.Add(TextOf(listing.Id, language, text, now));
            listing.Pictures.Add(Picture(listing.Id, PictureKind.Screenshot, language, PhoneDrawing.Draw(palette, text.Name, text.Conversation), text.Tagline));
        }

        return listing;
    }

    private static ListingText TextOf(ListingId listingId, string language, DemoData.TextFile file, DateTimeOffset now) => new()
    {
        ListingId = listingId, Language = language, Name = file.Name, Tagline = file.Tagline, About = file.About, Benefits = file.Benefits, Conversation = file.Conversation,
        Reasons = file.Reasons, Plans = file.Plans, SupportHours = file.SupportHours, Keywords = file.Keywords,
        Releases = [.. file.Releases.Select(release => new ListingText.Release(release.Version, DateOnly.FromDateTime(now.AddDays(-release.DaysAgo).UtcDateTime), release.Text))],
    };

    private static ListingPicture Picture(ListingId listingId, PictureKind kind, string language, string svg, string altText)
    {
        var content = Encoding.UTF8.GetBytes(svg);
        return new ListingPicture
        {
            ListingId = listingId, Kind = kind, Position = 0, Language = language, ContentType = "image/svg+xml", Content = content,
            Fingerprint = Convert.ToHexStringLower(SHA256.HashData(content))[..32], AltText = altText,
        };
    }
}
