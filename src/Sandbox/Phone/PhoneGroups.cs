using Line;
using Sandbox.Accounts;
using Sandbox.Chats;
using Sandbox.Groups;

namespace Sandbox.Phone;

/// <summary>Groups as the phone handles them: made, joined, left, and an account invited or removed.</summary>
internal static class PhoneGroups
{
    public static void MapPhoneGroups(this IEndpointRouteBuilder routes)
    {
        var groups = routes.MapGroup("/phone/api/groups");
        groups.MapGet("", OfPerson);
        groups.MapPost("", Create);
        groups.MapPost("/{id}/accounts", (string id, AccountRequest body, GroupMoves moves) => Answer(moves.Invite(id, body.BotId)));
        groups.MapDelete("/{id}/accounts/{botId}", (string id, BotId botId, GroupMoves moves) => Answer(moves.Part(id, botId)));
        groups.MapPost("/{id}/members", (string id, MemberRequest body, GroupMoves moves, PeopleDirectory people) =>
            body.PersonId is { } personId && people.TryFind(personId, out var person) ? Answer(moves.Join(id, person)) : Answer(GroupRefusal.Unknown));
        groups.MapDelete("/{id}/members/{personId}", (string id, string personId, GroupMoves moves, PeopleDirectory people) =>
            people.TryFind(personId, out var person) ? Answer(moves.Leave(id, person)) : Answer(GroupRefusal.Unknown));
    }

    private static IResult OfPerson(string? @as, GroupDirectory groups, ChatBook chats) => Results.Ok(groups.OfPerson(@as ?? "").Select(group => new
    {
        group.Id,
        group.LineId,
        group.Kind,
        group.Name,
        group.Members,
        group.BotId,
        AvatarUrl = group.AvatarPath,
        LastMessage = group.BotId is { } botId ? chats.LastMessage(new ChatKey(botId, group.Id)) : null,
    }));

    private static IResult Create(GroupRequest body, GroupMoves moves, PeopleDirectory people)
    {
        var members = body.Members?.Distinct().ToList() ?? [];
        if (body.Name is not { Length: >= 1 and <= 50 } name || members.Count is 0 or > GroupMoves.MembersMax || !members.TrueForAll(member => people.TryFind(member, out _)))
            return Results.Json(new { Code = "invalid", Message = "name must be 1 to 50 characters, members 1 to 500 people." }, statusCode: 400);

        var group = moves.Create(body.Kind ?? GroupKind.Group, name, members);
        if (body.BotId is { } botId && moves.Invite(group.Id, botId) is { } refusal)
            return Answer(refusal);
        return Results.Json(new { group.Id, group.LineId }, statusCode: 201);
    }

    private static IResult Answer(GroupRefusal? refusal) => refusal switch
    {
        null => Results.NoContent(),
        GroupRefusal.NotInvitable => Results.Json(new { Code = "notInvitable", Message = "This account cannot be invited into groups." }, statusCode: 409),
        GroupRefusal.OneAccountOnly => Results.Json(new { Code = "oneAccountOnly", Message = "Another account is in this group." }, statusCode: 409),
        GroupRefusal.Full => Results.Json(new { Code = "full", Message = "The group is full." }, statusCode: 409),
        _ => Results.Json(new { Code = "unknown", Message = "There is no such group, member or account." }, statusCode: 404),
    };

    private sealed record GroupRequest(GroupKind? Kind, string? Name, IReadOnlyList<string>? Members, BotId? BotId);

    private sealed record AccountRequest(BotId BotId);

    private sealed record MemberRequest(string? PersonId);
}
