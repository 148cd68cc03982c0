using Line;
using Line.Webhooks;
using Marketplace.Development;
using static Marketplace.Demo.StepFailedException;

namespace Marketplace.Demo.Steps;

/// <summary>The desk gives the chat back, and the keyword module answers as before.</summary>
internal static class GivingBack
{
    public static IReadOnlyList<Step> Steps { get; } =
    [
        new("The desk gives the chat back", GiveBackAsync),
        new("The keyword module answers again", AskAgainAsync),
        new("The keyword module kept silent while the desk held the chat", LookBackAsync),
        new("The development module detaches itself and hears that it is", LeaveAsync),
    ];

    private static async Task<string> GiveBackAsync(Cast cast, CancellationToken cancellationToken)
    {
        await cast.Desk.GiveBackAsync(cast.DeskChat, cancellationToken);
        var chat = await TakingOver.WaitForChatAsync(cast, isHeld: false, cancellationToken);
        return $"chat {chat.Id} is not held any more";
    }

    private static async Task<string> AskAgainAsync(Cast cast, CancellationToken cancellationToken)
    {
        await cast.Phone.WriteAsync(cast.Keyword, cancellationToken);
        await cast.HearAsync(bubble => bubble.Text == cast.KeywordAnswer, $"\"{cast.KeywordAnswer}\" on the phone", cancellationToken);
        return $"\"{cast.KeywordAnswer}\"";
    }

    /// <summary>A module works a chat off in order: had it answered the keyword of the hold, that answer would stand before the last one.</summary>
    private static Task<string> LookBackAsync(Cast cast, CancellationToken cancellationToken)
    {
        var since = cast.Phone.Heard.Skip(cast.HeardBeforeHold).ToList();
        var answers = since.Count(bubble => bubble.Text == cast.KeywordAnswer);
        Unless(answers == 1, "one answer since the desk took over, the last", $"{answers} in {string.Join(", ", since.Select(bubble => $"\"{bubble.Text}\""))}");
        return Task.FromResult("two keywords were written since, and one answered: the one after the desk had given back");
    }

    private static async Task<string> LeaveAsync(Cast cast, CancellationToken cancellationToken)
    {
        var module = cast.ListenersModule!;
        var token = await DevelopmentModules.FindTokenAsync(cast.Http, cast.Addresses, module, cancellationToken)
            ?? throw new StepFailedException("a channel access token", "a refusal");
        await new LineClient(cast.Http, new FixedTokenSource(token), new() { Endpoints = LineEndpoints.At(cast.Addresses.Gateway) }).Modules.DetachAsync(cast.Bot, cancellationToken);
        var (_, heard) = await cast.Listener!.NextAsync(heard => heard is ModuleEvent { IsDetached: true }, cancellationToken);
        return $"module detached, {((ModuleEvent)heard).Bot}";
    }
}
