using ModuleGateway.AccountLinks;

namespace ModuleGateway.Facade;

/// <content>Users, groups, rooms, and the bot itself.</content>
internal static partial class FacadeTable
{
    public const string LeaveGroupPath = "/v2/bot/group/{groupId}/leave";
    public const string LeaveRoomPath = "/v2/bot/room/{roomId}/leave";

    private static IEnumerable<CallRow> People =>
    [
        new(HttpMethod.Get, "/v2/bot/profile/{userId}", Reads) { TellsPresence = true },
        new(HttpMethod.Get, "/v2/bot/followers/ids", Reads),                  // Scope: ours.
        new(HttpMethod.Get, "/v2/bot/group/{groupId}/summary", Reads) { TellsPresence = true },
        new(HttpMethod.Get, "/v2/bot/group/{groupId}/members/count", Reads) { TellsPresence = true },
        new(HttpMethod.Get, "/v2/bot/group/{groupId}/members/ids", Reads),    // Scope: ours.
        new(HttpMethod.Get, "/v2/bot/group/{groupId}/member/{userId}", Reads),
        new(HttpMethod.Post, LeaveGroupPath, Speaks) { Chats = new ChatsOf("groupId") { InPath = true } }, // Scope: ours.
        new(HttpMethod.Get, "/v2/bot/room/{roomId}/members/count", Reads) { TellsPresence = true },
        new(HttpMethod.Get, "/v2/bot/room/{roomId}/members/ids", Reads),      // Scope: ours.
        new(HttpMethod.Get, "/v2/bot/room/{roomId}/member/{userId}", Reads),
        new(HttpMethod.Post, "/v2/bot/user/{userId}/linkToken", Asks) { Handler = By<LinkTokenCall>(it => it.HandleAsync) },
        new(HttpMethod.Post, LeaveRoomPath, Speaks) { Chats = new ChatsOf("roomId") { InPath = true } }, // Scope: ours.
        new(HttpMethod.Get, "/v2/bot/info", Asks),
    ];
}
