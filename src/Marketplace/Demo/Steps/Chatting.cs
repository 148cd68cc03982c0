using Marketplace.Outside;

namespace Marketplace.Demo.Steps;

/// <summary>A customer adds the account on the phone, writes, and is answered.</summary>
internal static class Chatting
{
    public static IReadOnlyList<Step> Steps { get; } =
    [
        new("A new friend on the phone is greeted by the module", FollowAsync),
        new("The module's answer arrives on the phone", AskAsync),
    ];

    private static async Task<string> FollowAsync(Cast cast, CancellationToken cancellationToken)
    {
        cast.Customer = await cast.Line.AddPersonAsync($"Customer {cast.Mark}", cancellationToken);
        cast.Phone = await PhoneChat.OpenAsync(cast.Http, cast.Addresses.Sandbox, cast.Bot, cast.Customer.Id, cancellationToken);
        await cast.Phone.FollowAsync(cancellationToken);
        var greeting = await cast.HearAsync(_ => true, "a greeting on the phone", cancellationToken);
        return $"\"{greeting.Text.Split('\n')[0]}\"";
    }

    private static async Task<string> AskAsync(Cast cast, CancellationToken cancellationToken)
    {
        await cast.Phone.WriteAsync(cast.Keyword, cancellationToken);
        await cast.HearAsync(bubble => bubble.Text == cast.KeywordAnswer, $"\"{cast.KeywordAnswer}\" on the phone", cancellationToken);
        return $"\"{cast.Keyword}\" was answered \"{cast.KeywordAnswer}\"";
    }
}
