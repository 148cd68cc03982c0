using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;
using Tenancy;

namespace Portal.Console;

/// <summary>What a change was, so that it can be taken back for ten seconds: sealed, because it travels through the browser.</summary>
public sealed class UndoTicket(IDataProtectionProvider protection, TimeProvider clock)
{
    /// <summary>How long a change can be taken back.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(10);

    private readonly IDataProtector _protector = protection.CreateProtector("Portal.Console.UndoTicket.v1");

    /// <param name="Tenant">Whose change: the ticket is void elsewhere.</param>
    /// <param name="Linkage">The linkage that was paused, resumed or removed, or who answers first since the change.</param>
    /// <param name="Before">Who answered first before; null: nobody.</param>
    /// <param name="State">What a removed linkage was.</param>
    public sealed record Change(Kind Kind, Guid Tenant, Guid? Account, Guid? Linkage, Guid? Before, long UntilTicks, LinkageState? State = null);

    public enum Kind { First, Paused, Resumed, Removed }

    public string ForFirst(TenantId tenant, OfficialAccountId account, LinkageId? now, LinkageId? before) =>
        Seal(new(Kind.First, tenant.Value, account.Value, now?.Value, before?.Value, Until()));

    public string ForPaused(TenantId tenant, LinkageId linkage) => Seal(new(Kind.Paused, tenant.Value, null, linkage.Value, null, Until()));

    public string ForResumed(TenantId tenant, LinkageId linkage) => Seal(new(Kind.Resumed, tenant.Value, null, linkage.Value, null, Until()));

    public string ForRemoved(TenantId tenant, LinkageId linkage, LinkageState before, bool answeredFirst) =>
        Seal(new(Kind.Removed, tenant.Value, null, linkage.Value, answeredFirst ? linkage.Value : null, Until(), before));

    /// <summary>The change; null when it is too late to undo it, or the ticket is not ours or another organisation's.</summary>
    public Change? Open(string? ticket, TenantId tenant)
    {
        if (string.IsNullOrEmpty(ticket))
            return null;

        try
        {
            var change = JsonSerializer.Deserialize<Change>(_protector.Unprotect(WebEncoders.Base64UrlDecode(ticket)))!;
            return clock.GetUtcNow().UtcTicks < change.UntilTicks && change.Tenant == tenant.Value ? change : null;
        }
        catch (Exception broken) when (broken is CryptographicException or FormatException)
        {
            return null;
        }
    }

    private long Until() => (clock.GetUtcNow() + Lifetime).UtcTicks;

    private string Seal(Change change) => WebEncoders.Base64UrlEncode(_protector.Protect(JsonSerializer.SerializeToUtf8Bytes(change)));
}
