using Marketplace.Outside;
using static Marketplace.Demo.StepFailedException;

namespace Marketplace.Demo.Steps;

/// <summary>The owner connects the Official Account at LINE, and comes back.</summary>
internal static class Connecting
{
    public static IReadOnlyList<Step> Steps { get; } =
    [
        new("LINE asks who manages the account", GoToLineAsync),
        new("LINE's consent lists only the account that this person administers", SignInAtLineAsync),
        new("Consent leads back to a review of the order", ConsentAsync),
    ];

    private static async Task<string> GoToLineAsync(Cast cast, CancellationToken cancellationToken)
    {
        cast.Account = await cast.Line.AddAccountAsync($"示範小店 {cast.Mark}", cancellationToken);
        cast.Manager = await cast.Line.AddAdministratorAsync($"manager-{cast.Mark}@demo.example", $"Manager {cast.Mark}", $"consent-{cast.Mark}", cast.Bot, cancellationToken);
        cast.Page = await cast.Browser.ClickAsync(cast.Page, "account-connect", cancellationToken);
        Unless(IsAtLine(cast, cast.Page.Address), $"a page of {cast.Addresses.Sandbox}", cast.Page.Describe());
        cast.Page.FormWith("password");
        return $"{cast.Page.Address.AbsolutePath} of LINE's origin, for {cast.Account.Name} {cast.Account.BasicId}";
    }

    private static async Task<string> SignInAtLineAsync(Cast cast, CancellationToken cancellationToken)
    {
        cast.Page = await LineConsent.SignInAsync(cast.Browser, cast.Page, cast.Manager, cancellationToken);
        var listed = LineConsent.AccountsOn(cast.Page);
        Unless(listed.SequenceEqual([cast.Bot.ToString()]), $"one account, {cast.Bot}", listed.Count == 0 ? cast.Page.Describe() : string.Join(", ", listed));
        return $"one account, {cast.Bot}";
    }

    private static async Task<string> ConsentAsync(Cast cast, CancellationToken cancellationToken)
    {
        cast.Page = await LineConsent.LinkAsync(cast.Browser, cast.Page, cast.Bot, cancellationToken);
        var callback = cast.Page.Way.FirstOrDefault(address => address.Authority == cast.Addresses.Gateway.Authority);
        Unless(callback is not null, "LINE to call the gateway back", string.Join(" → ", cast.Page.Way.Select(address => address.GetLeftPart(UriPartial.Path))));
        cast.Page.Get("review");
        var grants = cast.Page.Root.Descendants.Select(element => element["data-scope"]).OfType<string>().ToList();
        Unless(grants.Contains("message:send"), "a review that names message:send", string.Join(", ", grants));
        return $"through {callback!.AbsolutePath}; the module would get {string.Join(", ", grants)}";
    }

    private static bool IsAtLine(Cast cast, Uri address) => address.Authority == cast.Addresses.Sandbox.Authority;
}
