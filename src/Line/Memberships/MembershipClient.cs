using System.Globalization;
using Line.Json;
using Line.Memberships;

namespace Line;

/// <summary>Paid memberships of the account.</summary>
/// <remarks>Thread-safe. From <see cref="LineClient.Memberships"/>. 200 calls a second. Source: LINE messaging-api.yml, "Membership".</remarks>
public sealed class MembershipClient
{
    /// <summary>Largest page of members.</summary>
    public const int MembersPageMax = 1000;

    private readonly LineApi _api;

    internal MembershipClient(LineApi api) => _api = api;

    /// <summary>The account's plans.</summary>
    public async Task<IReadOnlyList<MembershipPlan>> GetPlansAsync(CancellationToken cancellationToken = default)
    {
        var answer = (await _api.SendAsync(LineCall.Get("/v2/bot/membership/list"), cancellationToken).ConfigureAwait(false)).OrThrow();
        return answer.Read(LineJson.Default.MembershipPlans).Memberships ?? throw answer.Unreadable("memberships");
    }

    /// <summary>What a person is a member of.</summary>
    /// <exception cref="LineApiException">404: LINE tells nothing of this person.</exception>
    public async Task<IReadOnlyList<MembershipSubscription>> GetSubscriptionsAsync(UserId user, CancellationToken cancellationToken = default)
    {
        var answer = (await _api.SendAsync(LineCall.Get($"/v2/bot/membership/subscription/{user}"), cancellationToken).ConfigureAwait(false)).OrThrow();
        return answer.Read(LineJson.Default.MembershipSubscriptions).Subscriptions ?? throw answer.Unreadable("subscriptions");
    }

    /// <summary>A page of a plan's members.</summary>
    public async Task<LinePage<UserId>> GetMembersAsync(long membershipId, string? start = null, int? limit = null, CancellationToken cancellationToken = default)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"/v2/bot/membership/{membershipId}/users/ids");
        var call = LineCall.Get(path, ("limit", Paging.Size(limit, MembersPageMax)), ("start", start));
        return (await _api.SendAsync(call, cancellationToken).ConfigureAwait(false)).OrThrow().PageOfUsers("userIds");
    }

    /// <summary>All of a plan's members, page after page.</summary>
    public IAsyncEnumerable<UserId> GetAllMembersAsync(long membershipId, CancellationToken cancellationToken = default) =>
        Paging.AllAsync((start, token) => GetMembersAsync(membershipId, start, limit: null, token), cancellationToken);
}
