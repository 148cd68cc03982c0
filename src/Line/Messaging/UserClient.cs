using System.Net;
using Line.Json;

namespace Line;

/// <summary>Friends of the account, and others who wrote to it.</summary>
/// <remarks>Thread-safe. From <see cref="LineClient.Users"/>. Source: LINE messaging-api.yml.</remarks>
public sealed class UserClient
{
    /// <summary>Largest page of followers.</summary>
    public const int FollowersPageMax = 1000;

    private readonly LineApi _api;

    internal UserClient(LineApi api) => _api = api;

    /// <summary>How a person appears; null when LINE does not tell (no friend who ever wrote, or blocked).</summary>
    public async Task<UserProfile?> GetProfileAsync(UserId user, CancellationToken cancellationToken = default)
    {
        var answer = await _api.SendAsync(LineCall.Get($"/v2/bot/profile/{user}"), cancellationToken).ConfigureAwait(false);
        if (answer.Status == HttpStatusCode.NotFound)
            return null;

        var body = answer.OrThrow().Body;
        return new UserProfile(user, answer.Required("displayName"), body.Text("pictureUrl"), body.Text("language"), body.Text("statusMessage"));
    }

    /// <summary>A page of the friends' ids. Verified and premium accounts only; others get 403.</summary>
    /// <param name="start">The last page's <c>Next</c>.</param>
    /// <param name="limit">1 to 1000; a page may be shorter although more remain.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task<LinePage<UserId>> GetFollowersAsync(string? start = null, int? limit = null, CancellationToken cancellationToken = default)
    {
        var call = LineCall.Get("/v2/bot/followers/ids", ("limit", Paging.Size(limit, FollowersPageMax)), ("start", start));
        return (await _api.SendAsync(call, cancellationToken).ConfigureAwait(false)).OrThrow().PageOfUsers("userIds");
    }

    /// <summary>All friends' ids, page after page.</summary>
    public IAsyncEnumerable<UserId> GetAllFollowersAsync(CancellationToken cancellationToken = default) =>
        Paging.AllAsync((start, token) => GetFollowersAsync(start, limit: null, token), cancellationToken);

    /// <summary>Begins to link a person with an account of yours: a token, good once, for 10 minutes.</summary>
    public async Task<string> IssueLinkTokenAsync(UserId user, CancellationToken cancellationToken = default) =>
        (await _api.SendAsync(LineCall.Post($"/v2/bot/user/{user}/linkToken").Repeatable(), cancellationToken).ConfigureAwait(false)).OrThrow().Required("linkToken");
}
