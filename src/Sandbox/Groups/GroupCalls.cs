using System.Globalization;
using Line;
using Sandbox.Accounts;
using Sandbox.Api;
using Sandbox.Chats;

namespace Sandbox.Groups;

/// <summary>The calls about one group or room: name, members, and going away.</summary>
/// <remarks>An id of no shape is 400, a group that the account is not in is 404. Source: reference, "Group chats" and "Multi-person chats".</remarks>
internal sealed class GroupCalls(GroupDirectory groups, GroupMoves moves, PeopleDirectory people, ScopedIds ids)
{
    private const int PageMax = 100;

    /// <summary><c>GET /v2/bot/group/{groupId}/summary</c></summary>
    public LineAnswer Summary(ApiCall call) => In(call, GroupKind.Group, group => LineAnswer.Ok(new
    {
        groupId = group.LineId,
        groupName = group.Name,
        pictureUrl = $"{call.Origin}{group.AvatarPath}",
    }));

    /// <summary><c>GET .../members/count</c>: the account itself does not count.</summary>
    public LineAnswer Count(ApiCall call, GroupKind kind) => In(call, kind, group => LineAnswer.Ok(new { count = group.Members.Count }));

    /// <summary><c>GET .../members/ids</c>: for verified and premium accounts only.</summary>
    public LineAnswer MemberIds(ApiCall call, GroupKind kind)
    {
        if (call.Account.BrandType == BrandType.Unverified)
            return LineErrors.NotAvailable;

        return In(call, kind, group =>
        {
            var start = 0;
            if (call.Query("start") is { } next && (!int.TryParse(next, NumberStyles.None, CultureInfo.InvariantCulture, out start) || start >= group.Members.Count))
                return LineErrors.InvalidStart;

            var memberIds = group.Members.Skip(start).Take(PageMax).Select(member => people.TryFind(member, out var person) ? ids.For(call.Channel, call.Account.BotId, person) : null);
            var after = start + PageMax;
            return LineAnswer.Ok(new { memberIds, next = after < group.Members.Count ? after.ToString(CultureInfo.InvariantCulture) : null });
        });
    }

    /// <summary><c>GET .../member/{userId}</c>: also of those who are no friends, or block the account.</summary>
    public LineAnswer Member(ApiCall call, GroupKind kind) => In(call, kind, group =>
    {
        var userId = call.Route("userId");
        if (!ScopedIds.IsWellFormed(call.Channel, call.Account.BotId, userId))
            return LineErrors.InvalidParameter("userId");

        return ids.TryFind(call.Channel, call.Account.BotId, userId, out var person) && group.Members.Contains(person.Id)
            ? LineAnswer.Ok(new { displayName = person.Name, userId, pictureUrl = $"{call.Origin}{person.AvatarPath}" })
            : LineErrors.NotFound;
    });

    /// <summary><c>POST .../leave</c>. LINE: of a room that the account is not in, 200 all the same.</summary>
    public LineAnswer Leave(ApiCall call, GroupKind kind)
    {
        var id = call.Route(Parameter(kind));
        if (kind == GroupKind.Room && ChatIds.IsGroup(id, kind) && groups.OfLineId(id) is { } room && room.BotId != call.Account.BotId)
            return LineAnswer.Empty;

        return In(call, kind, group => moves.Part(group.Id, call.Account.BotId) is null ? LineAnswer.Empty : LineErrors.NotFound);
    }

    private LineAnswer In(ApiCall call, GroupKind kind, Func<Group, LineAnswer> answer)
    {
        var id = call.Route(Parameter(kind));
        if (!ChatIds.IsGroup(id, kind))
            return LineErrors.InvalidParameter(Parameter(kind));
        if (groups.OfLineId(id) is not { } group || group.BotId != call.Account.BotId)
            return LineErrors.NotFound;

        call.Chat = new ChatKey(call.Account.BotId, group.Id);
        call.ChatId = id;
        return answer(group);
    }

    private static string Parameter(GroupKind kind) => kind == GroupKind.Group ? "groupId" : "roomId";
}
