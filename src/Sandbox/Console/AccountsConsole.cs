using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Line;
using Sandbox.Accounts;
using Sandbox.Channels;
using Sandbox.Chats;
using Sandbox.Modules;
using Sandbox.Primary;
using Sandbox.Webhooks;

namespace Sandbox.Console;

/// <summary>What LINE's account manager and LINE itself can do with an Official Account.</summary>
internal static partial class AccountsConsole
{
    public static void Map(RouteGroupBuilder console)
    {
        var accounts = console.MapGroup("/accounts");
        accounts.MapGet("", (AccountDirectory directory) => directory.All());
        accounts.MapPost("", Add);
        accounts.MapDelete("/{botId}", Delete);
        accounts.MapPost("/{botId}/suspend", (BotId botId, AccountDirectory directory, EventPublisher events, TimeProvider clock) => SetSuspended(botId, true, directory, events, clock));
        accounts.MapPost("/{botId}/resume", (BotId botId, AccountDirectory directory, EventPublisher events, TimeProvider clock) => SetSuspended(botId, false, directory, events, clock));
        accounts.MapPut("/{botId}/quota", (BotId botId, QuotaRequest body, AccountDirectory directory) =>
            body.Monthly < 0 ? ConsoleAnswers.Invalid("monthly must be 0 or more, or null.") : directory.SetQuota(botId, body.Monthly) is { } account ? Results.Ok(account) : ConsoleAnswers.Unknown("account"));
        accounts.MapPut("/{botId}/groups", (BotId botId, GroupsRequest body, AccountDirectory directory) =>
            directory.SetJoinsGroups(botId, body.Allowed) is { } account ? Results.Ok(account) : ConsoleAnswers.Unknown("account"));
        accounts.MapPost("/{botId}/primary", AddPrimary);
        accounts.MapGet("/{botId}/linkages", (BotId botId, LinkageBook linkages) => linkages.OfBot(botId));
        accounts.MapDelete("/{botId}/linkages/{channelId}", (BotId botId, ChannelId channelId, ChannelDirectory channels, Detaching detaching) =>
            channels.TryFind(channelId, out var channel) && detaching.Detach(channel, botId, reason: null) ? Results.NoContent() : ConsoleAnswers.Unknown("linkage"));
        accounts.MapPost("/{botId}/events", Inject);
    }

    private static IResult Add(AccountRequest body, AccountDirectory directory)
    {
        var basicId = body.BasicId ?? $"@{RandomNumberGenerator.GetInt32(100, 1000).ToString(CultureInfo.InvariantCulture)}{RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz", 5)}";
        var color = body.Color ?? "#5b6b8c";
        if (body.Name is not { Length: >= 1 and <= 50 } name || !BasicIdShape().IsMatch(basicId) || !ColorShape().IsMatch(color))
            return ConsoleAnswers.Invalid("name must be 1 to 50 characters, basicId @ and 3 digits and 5 letters or digits, color # and 6 hex digits.");

        var botId = BotId.Parse($"U{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16))}", null);
        var account = new OfficialAccount(botId, basicId, name, body.EnglishName ?? name, body.Region ?? Region.Tw, body.BrandType ?? BrandType.Unverified, color, body.PremiumId, body.MonthlyQuota);
        return directory.TryAdd(account) ? Results.Json(account, statusCode: 201) : ConsoleAnswers.Taken("account");
    }

    private static IResult SetSuspended(BotId botId, bool isSuspended, AccountDirectory directory, EventPublisher events, TimeProvider clock)
    {
        if (!directory.TryFind(botId, out _))
            return ConsoleAnswers.Unknown("account");

        if (directory.SetSuspended(botId, isSuspended) is not null)
            events.ToModules(botId, isSuspended ? "botSuspended" : "botResumed", clock.GetUtcNow());
        return Results.NoContent();
    }

    /// <summary>The final erasure of an account, three months after its deletion at LINE: every module is detached with the one reason LINE documents.</summary>
    private static IResult Delete(BotId botId, AccountDirectory directory, ChannelDirectory channels, LinkageBook linkages, Detaching detaching, ChatBook chats, IEnumerable<IAccountData> data)
    {
        if (!directory.TryFind(botId, out _))
            return ConsoleAnswers.Unknown("account");

        foreach (var linkage in linkages.OfBot(botId))
        {
            if (channels.TryFind(linkage.ChannelId, out var module))
                detaching.Detach(module, botId, reason: "bot_deleted");
        }

        if (channels.PrimaryOf(botId) is { } primary)
            channels.Remove(primary.Id);
        chats.Forget(botId);
        foreach (var one in data)
            one.Forget(botId);
        directory.Remove(botId);
        return Results.NoContent();
    }

    /// <summary>Gives the account a Messaging API channel. Without a webhook URL the built-in bot plays its server.</summary>
    private static IResult AddPrimary(BotId botId, PrimaryRequest body, HttpContext http, AccountDirectory directory, ChannelDirectory channels)
    {
        if (!directory.TryFind(botId, out var account))
            return ConsoleAnswers.Unknown("account");

        var id = ChannelDirectory.NewId();
        var channel = new Channel(
            id, ChannelKind.Messaging, $"{account.Name} (primary)", Provider: $"owner-of-{botId}", ChannelDirectory.NewSecret(), botId, IsDefaultActive: false,
            body.WebhookUrl ?? $"{http.Request.Scheme}://{http.Request.Host}{BuiltInBot.Path(id)}", UsesWebhook: true, body.Redelivers ?? false, [], [], body.Answer);
        return !ChannelsConsole.IsWebhookUrl(channel.WebhookUrl) ? ConsoleAnswers.Invalid(ChannelsConsole.WebhookUrlRule)
            : channels.TryAdd(channel) ? Results.Json(ChannelView.Of(channel), statusCode: 201)
            : ConsoleAnswers.Taken("primary channel");
    }

    /// <summary>Sends an event of any type to the account's receivers, also one that no documentation names.</summary>
    private static IResult Inject(BotId botId, InjectRequest body, AccountDirectory directory, PeopleDirectory people, ChatBook chats, EventPublisher events, TimeProvider clock)
    {
        if (!directory.TryFind(botId, out _))
            return ConsoleAnswers.Unknown("account");
        if (body.Type is not { Length: >= 1 and <= 100 } type || body.Payload is null)
            return ConsoleAnswers.Invalid("type must be 1 to 100 characters, payload an object with the event's own properties.");
        if (body.PersonId is null || !people.TryFind(body.PersonId, out var person))
            return ConsoleAnswers.Unknown("person");

        chats.Update(new ChatKey(botId, person.Id), chat =>
        {
            events.ToChat(chat, person, type, body.Payload, body.IsReplyable ?? false, clock.GetUtcNow());
            return true;
        });
        return Results.Accepted();
    }

    [GeneratedRegex("^@[0-9]{3}[a-z0-9]{5}$", RegexOptions.CultureInvariant)]
    private static partial Regex BasicIdShape();

    [GeneratedRegex("^#[0-9a-f]{6}$", RegexOptions.CultureInvariant)]
    private static partial Regex ColorShape();

    private sealed record AccountRequest(string? Name, string? EnglishName, string? BasicId, string? PremiumId, Region? Region, BrandType? BrandType, string? Color, long? MonthlyQuota);

    private sealed record QuotaRequest(long? Monthly);

    private sealed record GroupsRequest(bool Allowed);

    private sealed record PrimaryRequest(string? WebhookUrl, string? Answer, bool? Redelivers);

    private sealed record InjectRequest(string? Type, string? PersonId, JsonObject? Payload, bool? IsReplyable);
}
