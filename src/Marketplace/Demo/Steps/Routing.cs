using System.Text;
using System.Text.RegularExpressions;
using Line;
using Line.Webhooks;
using Marketplace.Development;
using Marketplace.Outside;
using static Marketplace.Demo.StepFailedException;

namespace Marketplace.Demo.Steps;

/// <summary>A third module, which only listens, shows what the gateway hands to those that stand by.</summary>
internal static partial class Routing
{
    public static IReadOnlyList<Step> Steps { get; } =
    [
        new("A development module is linked with the same account", LinkAsync),
        new("LINE's webhook is routed to it by Bot ID, signed, on standby and without LINE's ids", ListenAsync),
    ];

    private static async Task<string> LinkAsync(Cast cast, CancellationToken cancellationToken)
    {
        cast.Listener = await WebhookRecorder.StartAsync(cancellationToken);
        cast.ListenersModule = await DevelopmentModules.OpenAsync(cast.Http, cast.Addresses, cast.Listener.Url, cast.Bot, cancellationToken);
        Unless(cast.ListenersModule.BotId == cast.Bot, $"a linkage with {cast.Bot}", cast.ListenersModule.BotId?.ToString() ?? "none");
        await cast.UntilAsync(
            () => DevelopmentModules.IsServedAsync(cast.Http, cast.Addresses, cast.ListenersModule, cancellationToken),
            isServed => isServed, "the gateway to serve it", _ => "not yet", cancellationToken);
        return $"channel {cast.ListenersModule.ChannelId}, webhooks to {cast.Listener.Url}";
    }

    private static async Task<string> ListenAsync(Cast cast, CancellationToken cancellationToken)
    {
        await cast.Phone.WriteAsync(cast.Keyword, cancellationToken);
        var (request, heard) = await cast.Listener!.NextAsync(IsKeyword(cast), cancellationToken);
        var body = Encoding.UTF8.GetString(request.Body.Span);
        Unless(new LineSignature(cast.ListenersModule!.ChannelSecret).IsValid(request.Body.Span, request.Signature), "a signature made with the module's secret", $"\"{request.Signature}\"");
        Unless(WebhookReader.TryRead(request.Body.Span, out var read, out _) && read.Destination == cast.Bot, $"destination {cast.Bot}", body);
        Unless(heard is { Mode: ChannelMode.Standby, ReplyToken: null }, "mode standby and no reply token", heard.Raw.ToString());

        var module = await cast.Line.FindChannelAsync(channel => channel.WebhookUrl?.StartsWith(cast.Addresses.Gateway.ToString(), StringComparison.Ordinal) == true, cancellationToken)
            ?? throw new StepFailedException("a module channel at LINE whose webhooks go to the gateway", "none");
        var lineId = await cast.Line.UserIdAsync(module.ChannelId, cast.Bot, cast.Customer.Id, cancellationToken);
        Unless(!HexOf(lineId).Any(hex => body.Contains(hex, StringComparison.Ordinal)), "no LINE id in what the module got", $"{lineId} in {body}");

        cast.ListenersCustomer = heard.Source?.User?.ToString() ?? throw new StepFailedException("a user as its source", heard.Raw.ToString());
        await cast.HearAsync(bubble => bubble.Text == cast.KeywordAnswer, "the keyword module, which is active, to answer all the same", cancellationToken);
        return $"the customer is {Short(cast.ListenersCustomer)} there, {Short(lineId)} at LINE";
    }

    /// <summary>An event that carries this run's keyword.</summary>
    public static Func<WebhookEvent, bool> IsKeyword(Cast cast) => heard => heard is MessageEvent { Message: TextContent text } && text.Text == cast.Keyword;

    /// <summary>An id as a person can compare it.</summary>
    public static string Short(string id) => id.Length <= 12 ? id : $"{id[..8]}…{id[^4..]}";

    /// <summary>What must not stand there in any dress: the 32 digits of LINE's id. The Bot ID, which ends it, everybody may know.</summary>
    private static IEnumerable<string> HexOf(string lineId) => Hex().Matches(lineId.Split('-')[0]).Select(match => match.Value);

    [GeneratedRegex("[0-9a-f]{32}")]
    private static partial Regex Hex();
}
