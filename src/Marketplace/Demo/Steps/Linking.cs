using Line.Webhooks;
using Marketplace.Browsing;
using static Marketplace.Demo.StepFailedException;

namespace Marketplace.Demo.Steps;

/// <summary>The customer has an account at the shop's own member service, and links it with LINE.</summary>
internal static class Linking
{
    private const string Ask = "會員";
    private const string MemberId = "mei", MemberName = "王美玲", Pin = "2468"; // One of the keyword module's own demonstration members.

    public static IReadOnlyList<Step> Steps { get; } =
    [
        new("Somebody else who opens the customer's link is not linked, and LINE says so", OpenByAnotherAsync),
        new("The customer signs in at the module's member page, agrees at LINE and is greeted by name", LinkAsync),
        new("No other module of the account hears of the link", ListenAsync),
    ];

    private static async Task<string> OpenByAnotherAsync(Cast cast, CancellationToken cancellationToken)
    {
        using var browser = new Browser();
        var another = await cast.Line.AddPersonAsync($"Stranger {cast.Mark}", cancellationToken);
        var dialog = await GoToLineAsync(cast, browser, cancellationToken);
        var form = dialog.FormWith("person");
        var button = form.Descendants.FirstOrDefault(element => element["name"] == "person" && element["value"] == another.Id)
            ?? throw new StepFailedException($"{another.Name} among the people at LINE's dialog", dialog.Describe());
        var refused = await browser.SubmitAsync(dialog, form, button, cancellationToken);
        refused.Get("account-link-failed");
        return refused.Describe();
    }

    private static async Task<string> LinkAsync(Cast cast, CancellationToken cancellationToken)
    {
        using var browser = new Browser();
        var dialog = await GoToLineAsync(cast, browser, cancellationToken);
        var agree = dialog.Get("account-link-agree");
        Unless(agree["value"] == cast.Customer.Id, $"{cast.Customer.Name} as whom the link is for", agree.Text);
        (await browser.ClickAsync(dialog, "account-link-agree", cancellationToken)).Get("account-link-done");
        var greeting = await cast.HearAsync(bubble => bubble.Text.StartsWith(MemberName, StringComparison.Ordinal), $"a greeting of {MemberName} on the phone", cancellationToken);
        return $"\"{greeting.Text}\"";
    }

    /// <summary>Deliveries of one chat arrive in order: what the module got before these words is all that it gets of the link.</summary>
    private static async Task<string> ListenAsync(Cast cast, CancellationToken cancellationToken)
    {
        var words = $"after the link {cast.Mark}";
        await cast.Phone.WriteAsync(words, cancellationToken);
        var before = new List<WebhookEvent>();
        await cast.Listener!.NextAsync(
            heard =>
            {
                before.Add(heard);
                return heard is MessageEvent { Message: TextContent text } && text.Text == words;
            },
            cancellationToken);
        Unless(before.Exists(heard => heard is MessageEvent { Message: TextContent { Text: Ask } }), "the customer's wish to be linked among what it heard", $"{before.Count} events without it");
        Unless(!before.Exists(heard => heard is AccountLinkEvent), "no accountLink event", "one");
        await cast.HearAsync(_ => true, "the keyword module to answer", cancellationToken);
        return $"{before.Count} events, none of them accountLink";
    }

    /// <summary>From the word on the phone over the member page to LINE's dialog.</summary>
    private static async Task<Page> GoToLineAsync(Cast cast, Browser browser, CancellationToken cancellationToken)
    {
        await cast.Phone.WriteAsync(Ask, cancellationToken);
        var invitation = await cast.HearAsync(bubble => bubble.Link is not null, "a link to the member page", cancellationToken);
        var signIn = await browser.OpenAsync(invitation.Link!, cancellationToken);
        Unless(signIn.Address.Authority == cast.Addresses.KeywordReply.Authority, $"a page of {cast.Addresses.KeywordReply}", signIn.Describe());
        var known = await browser.ClickAsync(signIn, "member-sign-in", cancellationToken, form => form.Set("member", MemberId).Set("pin", Pin));
        var dialog = await browser.ClickAsync(known, "to-line", cancellationToken);
        Unless(dialog.Way[0].Authority == cast.Addresses.Gateway.Authority, "the way over the gateway", string.Join(" → ", dialog.Way.Select(address => address.GetLeftPart(UriPartial.Path))));
        Unless(dialog.Address.Authority == cast.Addresses.Sandbox.Authority, $"LINE's dialog at {cast.Addresses.Sandbox}", dialog.Describe());
        return dialog;
    }
}
