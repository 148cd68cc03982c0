using System.Text.Json;
using Line;
using Sandbox.Accounts;
using Sandbox.Channels;
using Sandbox.Chats;
using Sandbox.Http;
using Sandbox.Primary;
using Sandbox.Webhooks;

namespace Sandbox.Console;

/// <summary>What LINE's developer console can do with a channel.</summary>
internal static class ChannelsConsole
{
    public const string WebhookUrlRule = "webhookUrl must be https (http on loopback) and at most 500 characters.";

    public static void Map(RouteGroupBuilder console)
    {
        var channels = console.MapGroup("/channels");
        channels.MapGet("", (ChannelDirectory directory) => directory.All().Select(ChannelView.Of));
        channels.MapPost("", Add);
        channels.MapPatch("/{channelId}", Change);
        channels.MapPost("/{channelId}/secret", (ChannelId channelId, ChannelDirectory directory) => // Re-issuing: the old secret is dead at once.
            directory.Change(channelId, channel => channel with { Secret = ChannelDirectory.NewSecret() }) is { } changed ? Results.Ok(ChannelView.Of(changed)) : ConsoleAnswers.Unknown("channel"));
        channels.MapPost("/{channelId}/keys", AddKey);
        channels.MapPost("/{channelId}/verify", VerifyAsync);
        channels.MapGet("/{channelId}/received", (ChannelId channelId, BuiltInBot bot) => bot.Received(channelId));
        channels.MapGet("/{channelId}/user-id", (ChannelId channelId, BotId botId, string personId, ChannelDirectory directory, PeopleDirectory people, ScopedIds ids) =>
            directory.TryFind(channelId, out var channel) && people.TryFind(personId, out var person)
                ? Results.Ok(new { UserId = ids.For(channel, botId, person) })
                : ConsoleAnswers.Unknown("channel or person"));
    }

    public static bool IsWebhookUrl(string? url) => url is null || (url.Length <= 500 && PublicAddress.IsAllowed(url));

    private static IResult Add(ChannelRequest body, ChannelDirectory directory)
    {
        if (Fault(body) is { } fault)
            return ConsoleAnswers.Invalid(fault);

        var channel = new Channel(
            ChannelDirectory.NewId(), ChannelKind.Module, body.Name ?? "Module", Provider: body.Provider ?? "module-market", ChannelDirectory.NewSecret(), PrimaryOf: null,
            body.DefaultActive ?? false, body.WebhookUrl, body.UsesWebhook ?? true, body.Redelivers ?? false, body.RedirectUrls ?? [], []);
        return directory.TryAdd(channel) ? Results.Json(ChannelView.Of(channel), statusCode: 201) : ConsoleAnswers.Taken("channel");
    }

    private static IResult Change(ChannelId channelId, ChannelRequest body, ChannelDirectory directory)
    {
        if (Fault(body) is { } fault)
            return ConsoleAnswers.Invalid(fault);

        var changed = directory.Change(channelId, channel => channel with
        {
            Name = body.Name ?? channel.Name,
            WebhookUrl = body.WebhookUrl ?? channel.WebhookUrl,
            UsesWebhook = body.UsesWebhook ?? channel.UsesWebhook,
            Redelivers = body.Redelivers ?? channel.Redelivers,
            RedirectUrls = body.RedirectUrls ?? channel.RedirectUrls,
        });
        return changed is null ? ConsoleAnswers.Unknown("channel") : Results.Ok(ChannelView.Of(changed));
    }

    private static IResult AddKey(ChannelId channelId, JsonElement jwk, ChannelDirectory directory)
    {
        if (!AssertionKey.TryRead(jwk, out _, out var problem))
            return ConsoleAnswers.Invalid(problem!);

        var key = new RegisteredKey(OpaqueToken.New(18), jwk.Clone());
        return directory.Change(channelId, channel => channel with { Keys = [.. channel.Keys, key] }) is null
            ? ConsoleAnswers.Unknown("channel")
            : Results.Json(new { key.Kid }, statusCode: 201);
    }

    /// <summary>The console's "Verify" button: a signed request without events.</summary>
    private static async Task<IResult> VerifyAsync(ChannelId channelId, BotId botId, ChannelDirectory directory, WebhookSender sender, CancellationToken cancellationToken)
    {
        if (!directory.TryFind(channelId, out var channel) || channel.WebhookUrl is not { } url)
            return ConsoleAnswers.Unknown("channel with a webhook URL");

        var body = Json.Bytes(new { destination = botId, events = Array.Empty<object>() });
        return Results.Ok(await sender.SendAsync(url, body, new LineSignature(channel.Secret).Create(body), cancellationToken));
    }

    private static string? Fault(ChannelRequest body) =>
        body.Name is { Length: 0 or > 100 } ? "name must be 1 to 100 characters."
        : !IsWebhookUrl(body.WebhookUrl) ? WebhookUrlRule
        : body.RedirectUrls?.All(PublicAddress.IsAllowed) == false ? "redirectUrls must be https (http on loopback)."
        : null;

    private sealed record ChannelRequest(string? Name, string? Provider, string? WebhookUrl, bool? UsesWebhook, bool? Redelivers, bool? DefaultActive, string[]? RedirectUrls);
}
