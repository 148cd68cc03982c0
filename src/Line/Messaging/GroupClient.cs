using System.Net;
using Line.Json;

namespace Line;

/// <summary>Groups and rooms (multi-person chats of the old kind) that the account is in.</summary>
/// <remarks>Thread-safe. From <see cref="LineClient.Groups"/>. Source: LINE messaging-api.yml.</remarks>
public sealed class GroupClient
{
    private readonly LineApi _api;

    internal GroupClient(LineApi api) => _api = api;

    /// <summary>A group's name and picture; null when the account is not in it.</summary>
    public Task<GroupSummary?> GetSummaryAsync(GroupId group, CancellationToken cancellationToken = default) =>
        _api.FindAsync(LineCall.Get($"/v2/bot/group/{group}/summary"), LineJson.Default.GroupSummary, cancellationToken);

    /// <summary>How many people are in a group, the account not counted; null when it is not in it.</summary>
    public Task<int?> GetMemberCountAsync(GroupId group, CancellationToken cancellationToken = default) => CountAsync($"/v2/bot/group/{group}", cancellationToken);

    /// <summary>How many people are in a room, the account not counted; null when it is not in it.</summary>
    public Task<int?> GetMemberCountAsync(RoomId room, CancellationToken cancellationToken = default) => CountAsync($"/v2/bot/room/{room}", cancellationToken);

    /// <summary>A page of the members' ids, up to 100. Verified and premium accounts only; others get 403.</summary>
    public Task<LinePage<UserId>> GetMembersAsync(GroupId group, string? start = null, CancellationToken cancellationToken = default) =>
        MembersAsync($"/v2/bot/group/{group}", start, cancellationToken);

    /// <summary>A page of the members' ids, up to 100. Verified and premium accounts only; others get 403.</summary>
    public Task<LinePage<UserId>> GetMembersAsync(RoomId room, string? start = null, CancellationToken cancellationToken = default) =>
        MembersAsync($"/v2/bot/room/{room}", start, cancellationToken);

    /// <summary>All members' ids, page after page.</summary>
    public IAsyncEnumerable<UserId> GetAllMembersAsync(GroupId group, CancellationToken cancellationToken = default) =>
        Paging.AllAsync((start, token) => GetMembersAsync(group, start, token), cancellationToken);

    /// <summary>All members' ids, page after page.</summary>
    public IAsyncEnumerable<UserId> GetAllMembersAsync(RoomId room, CancellationToken cancellationToken = default) =>
        Paging.AllAsync((start, token) => GetMembersAsync(room, start, token), cancellationToken);

    /// <summary>How a member appears, friend or not; null when they are not in the group.</summary>
    public Task<UserProfile?> GetMemberAsync(GroupId group, UserId user, CancellationToken cancellationToken = default) =>
        MemberAsync($"/v2/bot/group/{group}", user, cancellationToken);

    /// <summary>How a member appears, friend or not; null when they are not in the room.</summary>
    public Task<UserProfile?> GetMemberAsync(RoomId room, UserId user, CancellationToken cancellationToken = default) =>
        MemberAsync($"/v2/bot/room/{room}", user, cancellationToken);

    /// <summary>Leaves a group.</summary>
    public Task LeaveAsync(GroupId group, CancellationToken cancellationToken = default) => _api.DoAsync(LineCall.Post($"/v2/bot/group/{group}/leave"), cancellationToken);

    /// <summary>Leaves a room.</summary>
    public Task LeaveAsync(RoomId room, CancellationToken cancellationToken = default) => _api.DoAsync(LineCall.Post($"/v2/bot/room/{room}/leave"), cancellationToken);

    private async Task<int?> CountAsync(string path, CancellationToken cancellationToken)
    {
        var answer = await _api.SendAsync(LineCall.Get($"{path}/members/count"), cancellationToken).ConfigureAwait(false);
        return answer.Status == HttpStatusCode.NotFound ? null : answer.OrThrow().Body.Int("count") ?? throw answer.Unreadable("count");
    }

    private async Task<LinePage<UserId>> MembersAsync(string path, string? start, CancellationToken cancellationToken) =>
        (await _api.SendAsync(LineCall.Get($"{path}/members/ids", ("start", start)), cancellationToken).ConfigureAwait(false)).OrThrow().PageOfUsers("memberIds");

    private async Task<UserProfile?> MemberAsync(string path, UserId user, CancellationToken cancellationToken)
    {
        var answer = await _api.SendAsync(LineCall.Get($"{path}/member/{user}"), cancellationToken).ConfigureAwait(false);
        if (answer.Status == HttpStatusCode.NotFound)
            return null;

        var body = answer.OrThrow().Body;
        return new UserProfile(user, answer.Required("displayName"), body.Text("pictureUrl"), Language: null, StatusMessage: null);
    }
}
