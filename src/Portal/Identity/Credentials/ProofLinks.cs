using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;
using Tenancy;

namespace Portal.Identity;

/// <summary>What stands in links that we mail: for whom, for what, bound to a state of theirs, and until when. Sealed; nothing of it is stored.</summary>
/// <remarks>A link is good once where using it changes what it is bound to (the stamp of the credentials).</remarks>
public sealed class ProofLinks(IDataProtectionProvider protection, TimeProvider clock)
{
    public const string Reset = "reset";
    public const string Confirm = "confirm";
    public const string SecondStep = "second-step";

    private readonly IDataProtector _protector = protection.CreateProtector("Portal.Identity.ProofLinks.v1");

    /// <param name="about">What it is bound to.</param>
    public string Make(string purpose, PersonId person, string about, TimeSpan lifetime)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new Body(purpose, person.Value, about, (clock.GetUtcNow() + lifetime).ToUnixTimeSeconds()));
        return WebEncoders.Base64UrlEncode(_protector.Protect(body));
    }

    /// <returns>Null when it was not made here, is for something else, or is too old.</returns>
    public (PersonId Person, string About)? Read(string purpose, string? token)
    {
        if (string.IsNullOrEmpty(token))
            return null;

        try
        {
            var body = JsonSerializer.Deserialize<Body>(_protector.Unprotect(WebEncoders.Base64UrlDecode(token)))!;
            return body.Purpose == purpose && clock.GetUtcNow().ToUnixTimeSeconds() < body.Until ? (new PersonId(body.Person), body.About) : null;
        }
        catch (Exception broken) when (broken is CryptographicException or FormatException or JsonException)
        {
            return null;
        }
    }

    private sealed record Body(string Purpose, Guid Person, string About, long Until);
}
