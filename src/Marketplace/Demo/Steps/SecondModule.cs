using static Marketplace.Demo.StepFailedException;

namespace Marketplace.Demo.Steps;

/// <summary>The owner takes the live desk for the same account: without another trip to LINE.</summary>
internal static class SecondModule
{
    private const string Slug = "live-desk";

    public static IReadOnlyList<Step> Steps { get; } =
    [
        new("A second module is taken for the connected account, without asking LINE again", OrderAsync),
        new("Turned on, Live Desk stands by and the keyword module answers first", TurnOnAsync),
    ];

    private static async Task<string> OrderAsync(Cast cast, CancellationToken cancellationToken)
    {
        var listing = await cast.Browser.OpenAsync(new Uri(cast.Addresses.Portal, $"/m/{Slug}"), cancellationToken);
        var plan = await cast.Browser.ClickAsync(listing, "get-free", cancellationToken);
        var choice = await cast.Browser.ClickAsync(plan, "plan-continue", cancellationToken);
        var account = choice.Get($"account-{cast.Bot}");
        var review = await cast.Browser.ClickAsync(choice, "account-continue", cancellationToken, form => form.Set(account["name"]!, account["value"]!));
        Unless(review.Way.All(address => address.Authority == cast.Addresses.Portal.Authority), "to stay on the portal", string.Join(" → ", review.Way));
        cast.Page = await cast.Browser.ClickAsync(review, "review-confirm", cancellationToken);
        var state = cast.Page.Get("module-page")["data-state"];
        Unless(state == "inSetUp", "a module page in state inSetUp", $"{state} on {cast.Page.Describe()}");
        return $"{cast.Page.Address.AbsolutePath} is in set-up";
    }

    private static async Task<string> TurnOnAsync(Cast cast, CancellationToken cancellationToken)
    {
        var first = cast.Page.Find($"answers-first-{Shopping.Slug}");
        cast.Page = await cast.Browser.ClickAsync(cast.Page, "turn-on", cancellationToken, form =>
        {
            if (first is not null) // Where the owner has a choice.
                form.Set(first["name"]!, first["value"]!);
        });
        var desk = await TurningOn.SeeAsync(cast, Slug, isFirst: false, cancellationToken);
        await TurningOn.SeeAsync(cast, Shopping.Slug, isFirst: true, cancellationToken);
        return desk;
    }
}
