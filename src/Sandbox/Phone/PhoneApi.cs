using Microsoft.Extensions.Options;
using Sandbox.Time;
using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Line;
using Sandbox.Accounts;
using Sandbox.Chats;
using Sandbox.Control;
using Sandbox.Groups;
using Sandbox.Http;
using Sandbox.Statistics;
using Sandbox.Store;

namespace Sandbox.Phone;

/// <summary>The JSON that the phone's page lives on. Ours, not LINE's.</summary>
internal static class PhoneApi
{
    public static void MapPhoneApi(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/phone/avatars/people/{id}.svg", (string id, PeopleDirectory people) => people.TryFind(id, out var person) ? Svg(Avatars.Of(person)) : Results.NotFound());
        routes.MapGet("/phone/avatars/accounts/{botId}.svg", (BotId botId, AccountDirectory accounts) => accounts.TryFind(botId, out var account) ? Svg(Avatars.Of(account)) : Results.NotFound());

        routes.MapGet("/phone/avatars/groups/{id}.svg", (string id, GroupDirectory groups) => groups.TryFind(id, out var group) ? Svg(Avatars.Of(group)) : Results.NotFound());

        var api = routes.MapGroup("/phone/api");
        api.MapGet("/people", (PeopleDirectory people) =>
            people.All().Select(person => new { person.Id, person.Name, AvatarUrl = person.AvatarPath, person.Language, person.StatusMessage }));
        api.MapGet("/accounts", Accounts);
        api.MapGet("/content/{id}", (string id, DocumentStore store) => store.FindContent(id) is { IsGone: false } content ? Results.Bytes(content.Bytes, content.Type) : Results.NotFound());

        api.MapPost("/accounts/{botId}/let-an-hour-pass", LetAnHourPass);

        // Of a group the second part is the group's id, and ?as= says who of its members it is.
        var chat = api.MapGroup("/chats/{botId}/{peer}");
        chat.MapGet("/messages", Messages);
        chat.MapPost("/messages", SendMessage).WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(Picture.BytesMax / 3 * 4 + 4096));
        chat.MapPost("/messages/{messageId}/unsend", (BotId botId, string peer, string? @as, string messageId, PersonChanges person) => Answer(person.Unsend(Who(botId, peer, @as), messageId)));
        chat.MapPost("/messages/{messageId}/edit", (BotId botId, string peer, string? @as, string messageId, MessageRequest body, PersonChanges person) =>
            body.Text is { Length: >= 1 and <= 5000 } text ? Answer(person.Edit(Who(botId, peer, @as), messageId, text)) : Invalid("text must be 1 to 5000 characters."));
        chat.MapPost("/postback", (BotId botId, string peer, string? @as, PostbackRequest body, PersonActions person) =>
            body.Data is not { Length: >= 1 and <= 300 } data ? Invalid("data must be 1 to 300 characters.")
            : body.Params is { } picked && !PostbackParams.IsPicked(picked) ? Invalid("params must be one of date, time and datetime.")
            : Answer(person.Postback(Who(botId, peer, @as), data, body.DisplayText, body.Params)));
        chat.MapPost("/follow", (BotId botId, string peer, PersonActions person) => Answer(person.Follow(Who(botId, peer))));
        chat.MapPost("/block", (BotId botId, string peer, PersonActions person) => Answer(person.Block(Who(botId, peer))));
        chat.MapPost("/beacon", (BotId botId, string peer, BeaconRequest body, PersonSignals person) =>
            body.Type is "enter" or "banner" or "stay" ? Answer(person.PassBeacon(Who(botId, peer), body.Type)) : Invalid("type must be enter, banner or stay."));
        chat.MapPost("/video-complete", (BotId botId, string peer, VideoRequest body, PersonSignals person) =>
            body.TrackingId is { Length: >= 1 and <= 100 } id ? Answer(person.CompleteVideo(Who(botId, peer), id)) : Invalid("trackingId must be 1 to 100 characters."));
        chat.MapGet("/stream", Stream);
    }

    private static Speaker Who(BotId botId, string peer, string? personId = null) => Speaker.In(new ChatKey(botId, peer), personId);

    /// <summary>Whether somebody or some group is at the other end.</summary>
    private static bool Exists(string peer, PeopleDirectory people, GroupDirectory groups) => people.TryFind(peer, out _) || groups.TryFind(peer, out _);

    /// <summary>Moves the whole platform's time, and says so in the side panel that it was asked from.</summary>
    private static IResult LetAnHourPass(BotId botId, AccountDirectory accounts, SandboxClock clock, IOptions<SandboxOptions> options, Timeline timeline)
    {
        if (!accounts.TryFind(botId, out _))
            return Results.Json(new { Code = "unknown", Message = "There is no such account." }, statusCode: 404);
        if (!options.Value.ClockMovable)
            return Results.Json(new { Code = "notMovable", Message = "Sandbox:ClockMovable is off." }, statusCode: 409);

        clock.Move(TimeSpan.FromHours(1));
        timeline.Add(new TimelineEntry(0, clock.GetUtcNow(), "line", "clock", botId, Text: "An hour passes"));
        return Results.Ok(new { Now = clock.GetUtcNow(), AheadSeconds = clock.Offset.TotalSeconds });
    }

    private static IResult Accounts(string? @as, AccountDirectory accounts, ChatBook chats) => Results.Ok(accounts.All().Select(account => new
    {
        account.BotId,
        account.Name,
        account.EnglishName,
        account.BasicId,
        AvatarUrl = account.AvatarPath,
        account.IsSuspended,
        Friend = @as is null ? (Friendship?)null : chats.Read(new ChatKey(account.BotId, @as)).Friendship,
        LastMessage = @as is null ? null : chats.LastMessage(new ChatKey(account.BotId, @as)),
    }));

    private static IResult Messages(
        BotId botId, string peer, long? after, ChatBook chats, AccountDirectory accounts, PeopleDirectory people, GroupDirectory groups, ActiveChannels active, SendLog log, TimeProvider clock)
    {
        if (!accounts.TryFind(botId, out _) || !Exists(peer, people, groups))
            return Answer(new PersonAct(PersonRefusal.Unknown));

        var key = new ChatKey(botId, peer);
        var now = clock.GetUtcNow();
        var state = chats.Read(key);
        log.Seen(key);
        return Results.Ok(new
        {
            Messages = chats.Messages(key, after ?? 0),
            Friend = state.Friendship,
            Read = state.ReadSeq,
            Active = ActiveChannel.Of(active.Of(state, now), active.Settled(state, now).ExpiresAt),
        });
    }

    private static IResult SendMessage(BotId botId, string peer, string? @as, MessageRequest body, PersonActions person)
    {
        var who = Who(botId, peer, @as);
        switch (body.Type)
        {
            case "text":
                return body.Text is { Length: >= 1 and <= 5000 } text ? Answer(person.SendText(who, text, body.QuotedMessageId)) : Invalid("text must be 1 to 5000 characters.");

            case "sticker":
                return IsDigits(body.PackageId) && IsDigits(body.StickerId)
                    ? Answer(person.SendSticker(who, body.PackageId!, body.StickerId!))
                    : Invalid("packageId and stickerId must be 1 to 20 digits.");

            case "location":
                return body is { Latitude: >= -90 and <= 90, Longitude: >= -180 and <= 180, Title: null or { Length: <= 100 }, Address: null or { Length: <= 100 } }
                    ? Answer(person.SendLocation(who, body.Title, body.Address, body.Latitude.Value, body.Longitude.Value))
                    : Invalid("latitude must be -90 to 90, longitude -180 to 180, title and address at most 100 characters.");

            case "image":
                return body.DataUrl is not null && Picture.FromDataUrl(botId.ToString(), body.DataUrl) is { } picture
                    ? Answer(person.SendImage(who, picture))
                    : Invalid("dataUrl must be a JPEG, PNG or GIF in base64, at most 10 MB.");

            case "video" or "audio":
                return body is { DataUrl: not null, Duration: null or >= 0 } && Media.FromDataUrl(body.Type, botId.ToString(), body.DataUrl) is { } recording
                    ? Answer(person.SendRecording(who, body.Type, recording, body.Duration))
                    : Invalid("dataUrl must be an MP4 (or for audio an MP3) in base64, at most 10 MB; duration milliseconds.");

            case "file":
                return body is { DataUrl: not null, FileName: { Length: >= 1 and <= 255 } name } && Media.FromDataUrl(body.Type, botId.ToString(), body.DataUrl) is { } file
                    ? Answer(person.SendFile(who, name, file))
                    : Invalid("dataUrl must be in base64, at most 10 MB; fileName 1 to 255 characters.");

            default:
                return Invalid("type must be text, sticker, image, video, audio, file or location.");
        }
    }

    /// <summary>Messages after the last one that the phone saw, then news as they come. A phone that reconnects says where it was by Last-Event-ID.</summary>
    private static IResult Stream(
        BotId botId, string peer, long? after, HttpContext http, ChatBook chats, ChatFeed feed, AccountDirectory accounts, PeopleDirectory people, GroupDirectory groups, IHostApplicationLifetime lifetime)
    {
        if (!accounts.TryFind(botId, out _) || !Exists(peer, people, groups))
            return Answer(new PersonAct(PersonRefusal.Unknown));

        var key = new ChatKey(botId, peer);
        var seen = http.LastEventId() ?? after ?? chats.Read(key).LastSeq;
        return ServerSent.Events(http, lifetime, token => News(key, seen, chats, feed, token));
    }

    private static async IAsyncEnumerable<SseItem<string>> News(ChatKey key, long seen, ChatBook chats, ChatFeed feed, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var live = feed.Subscribe(key); // First, so that nothing falls between the stored messages and the live ones.
        yield return Item(new ChatNews("friend", new { Friend = chats.Read(key).Friendship }));
        foreach (var message in chats.Messages(key, seen))
        {
            seen = message.Seq;
            yield return Item(new ChatNews("message", message, message.Seq));
        }

        await foreach (var news in live.Reader.ReadAllAsync(cancellationToken))
        {
            if (news.Seq > seen || news.Seq is null)
                yield return Item(news);
        }
    }

    private static SseItem<string> Item(ChatNews news) =>
        new(Json.Text(news.Data), news.Event) { EventId = news.Seq?.ToString(CultureInfo.InvariantCulture) };

    private static bool IsDigits(string? text) => text is { Length: >= 1 and <= 20 } && text.All(char.IsAsciiDigit);

    private static IResult Svg(string svg) => Results.Text(svg, "image/svg+xml");

    private static IResult Invalid(string message) => Results.Json(new { Code = "invalid", Message = message }, statusCode: 400);

    private static IResult Answer(PersonAct act) => act.Refusal switch
    {
        null => Results.Json(new { act.MessageId }, statusCode: 202),
        PersonRefusal.NotFriend => Results.Json(new { Code = "notFriend", Message = "Add the account as a friend first." }, statusCode: 409),
        PersonRefusal.Suspended => Results.Json(new { Code = "suspended", Message = "This account cannot be used now." }, statusCode: 409),
        PersonRefusal.NoSuchMessage => Results.Json(new { Code = "noSuchMessage", Message = "There is no such message, or it cannot be done with it." }, statusCode: 404),
        PersonRefusal.NotHere => Results.Json(new { Code = "notHere", Message = "LINE does not do this in this kind of chat." }, statusCode: 409),
        PersonRefusal.TooSoon => Results.Json(new { Code = "tooSoon", Message = "First enter; then every 10 seconds at most." }, statusCode: 409),
        _ => Results.Json(new { Code = "unknown", Message = "There is no such person or account." }, statusCode: 404),
    };

    private sealed record MessageRequest(
        string? Type, string? Text, string? PackageId, string? StickerId, string? DataUrl, string? Title, string? Address, double? Latitude, double? Longitude, int? Duration, string? FileName, string? QuotedMessageId);

    private sealed record BeaconRequest(string? Type);

    private sealed record VideoRequest(string? TrackingId);

    private sealed record PostbackRequest(string? Data, string? DisplayText, JsonObject? Params);
}
