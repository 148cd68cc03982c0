using System.Security.Cryptography;
using System.Text;
using Tenancy;

namespace Portal.Identity;

/// <summary>Somebody was asked by mail to join an organisation. Good once, for seven days.</summary>
public sealed class Invitation : ITenantOwned
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    public required Guid Id { get; init; }

    public required TenantId TenantId { get; init; }

    /// <summary>Where it was sent.</summary>
    public required string Email { get; init; }

    public required Role Role { get; init; }

    public required PersonId InvitedBy { get; init; }

    /// <summary>Hash of what stands in the mail's link: whoever reads the database cannot join by it.</summary>
    public required string TokenHash { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public PersonId? AcceptedBy { get; set; }

    /// <summary>Accepted, or withdrawn. Of two at once one finds it set.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    public bool IsOpen(DateTimeOffset now) => EndedAt is null && now < ExpiresAt;

    public static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
