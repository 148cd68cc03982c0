using Sandbox.Api;

namespace Sandbox.Groups;

/// <summary>The calls about groups and rooms.</summary>
internal static class GroupRoutes
{
    public static void MapGroups(this IEndpointRouteBuilder routes)
    {
        routes.MapCall<GroupCalls>("GET", "/v2/bot/group/{groupId}/summary", (handler, call) => handler.Summary(call));
        foreach (var (path, kind) in (ReadOnlySpan<(string, GroupKind)>)[("/v2/bot/group/{groupId}", GroupKind.Group), ("/v2/bot/room/{roomId}", GroupKind.Room)])
        {
            routes.MapCall<GroupCalls>("GET", $"{path}/members/count", (handler, call) => handler.Count(call, kind));
            routes.MapCall<GroupCalls>("GET", $"{path}/members/ids", (handler, call) => handler.MemberIds(call, kind));
            routes.MapCall<GroupCalls>("GET", $"{path}/member/{{userId}}", (handler, call) => handler.Member(call, kind));
            routes.MapCall<GroupCalls>("POST", $"{path}/leave", (handler, call) => handler.Leave(call, kind));
        }
    }
}
