using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Store;
using QRCoder;
using Tenancy;

namespace Portal.Identity;

/// <summary>Turns the authenticator app on, once it has shown that it has the key, and off.</summary>
/// <remarks>Until then the key stands in the page only, sealed for this person: looking at the page changes nothing.</remarks>
public sealed class AuthenticatorSetup(PortalDb db, AuditLog audit, UserManager<Credentials> users, IUserAuthenticatorKeyStore<Credentials> keys, PersonCredentials credentials, ProofLinks links)
{
    private const string Purpose = "authenticator";
    private const string Issuer = "Module Market";
    private const int RecoveryCodes = 10;

    /// <summary>RFC 4226 asks for 160 bits.</summary>
    private const int KeyBytes = 20;
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);

    public static string NewKey() => Base32(RandomNumberGenerator.GetBytes(KeyBytes));

    /// <summary>What the app reads from the picture.</summary>
    public static string AddressOf(string key, string email) =>
        $"otpauth://totp/{Uri.EscapeDataString(Issuer)}:{Uri.EscapeDataString(email)}?secret={key}&issuer={Uri.EscapeDataString(Issuer)}&digits=6";

    /// <summary>A QR code as SVG, dark on white in every theme: cameras expect that.</summary>
    public static string Picture(string address)
    {
        using var data = QRCodeGenerator.GenerateQrCode(address, QRCodeGenerator.ECCLevel.M);
        using var code = new SvgQRCode(data);
        return code.GetGraphic(4);
    }

    public string Seal(PersonId person, string key) => links.Make(Purpose, person, key, Lifetime);

    public string? Open(PersonId person, string? sealedKey) => links.Read(Purpose, sealedKey) is var (of, key) && of == person ? key : null;

    /// <returns>The recovery codes, shown once; null when the code is wrong.</returns>
    public async Task<IReadOnlyList<string>?> TurnOnAsync(PersonId person, string key, string? code, CancellationToken cancellationToken)
    {
        var own = await credentials.OfAsync(person, cancellationToken);
        await keys.SetAuthenticatorKeyAsync(own, key, cancellationToken);
        var given = (code ?? "").Replace(" ", "", StringComparison.Ordinal);
        if (!await users.VerifyTwoFactorTokenAsync(own, TokenOptions.DefaultAuthenticatorProvider, given))
        {
            db.ChangeTracker.Clear();
            return null;
        }

        await users.SetAuthenticationTokenAsync(own, CodeCheck.Provider, CodeCheck.LastCode, given); // Opens once, like every code.
        own.TwoFactorEnabled = true;
        audit.Add("person.authenticatorOn", $"person:{person}");
        var codes = await users.GenerateNewTwoFactorRecoveryCodesAsync(own, RecoveryCodes);
        own.Restamp();
        return await db.TrySaveAsync(cancellationToken) ? [.. codes!] : null;
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/account/authenticator/off", OffAsync).WithMetadata(new SignedInOnlyAttribute(), new NeedsFreshSignInAttribute()).ForFormsOnly();

    private static async Task<RedirectHttpResult> OffAsync(HttpContext context, CurrentPerson current, PersonCredentials credentials, PortalDb db, AuditLog audit)
    {
        var own = await credentials.OfAsync(current.Required.Id, context.RequestAborted);
        own.TwoFactorEnabled = false;
        audit.Add("person.authenticatorOff", $"person:{own.Id}");
        own.Restamp();
        db.RemoveRange(await db.Set<IdentityUserToken<PersonId>>().Where(row => row.UserId == own.Id).ToListAsync(context.RequestAborted));
        await db.SaveChangesAsync(context.RequestAborted);
        return TypedResults.LocalRedirect($"{SecurityPage.Path}?said=authenticator-off");
    }

    private static string Base32(ReadOnlySpan<byte> bytes)
    {
        const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        var text = new System.Text.StringBuilder();
        int buffer = 0, bits = 0;
        foreach (var value in bytes)
        {
            buffer = (buffer << 8) | value;
            for (bits += 8; bits >= 5; bits -= 5)
                text.Append(Letters[(buffer >> (bits - 5)) & 31]);
            buffer &= 0xff;
        }

        return text.ToString(); // 20 bytes are 32 letters exactly.
    }
}
