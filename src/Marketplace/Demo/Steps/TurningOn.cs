using System.Net;
using System.Text.Json.Nodes;
using Marketplace.Browsing;
using static Marketplace.Demo.StepFailedException;

namespace Marketplace.Demo.Steps;

/// <summary>The owner confirms, sets the module up, turns it on and sees it answering first.</summary>
internal static class TurningOn
{
    public static IReadOnlyList<Step> Steps { get; } =
    [
        new("Confirming makes a linkage in set-up", ConfirmAsync),
        new("The module's own set-up page takes a keyword of this shop", SetUpAsync),
        new("Turned on, My accounts shows it answering first", TurnOnAsync),
    ];

    /// <summary>What the owner sees of a module in My accounts.</summary>
    public static async Task<(Page Page, Element? Row, bool IsPending)> LookAsync(Cast cast, string slug, CancellationToken cancellationToken)
    {
        var page = await cast.Browser.OpenAsync(new Uri(cast.Addresses.Portal, "/my-accounts"), cancellationToken);
        var card = page.Root.Descendants.FirstOrDefault(element => element.TestId == "account-card" && element["data-bot-id"] == cast.Bot.ToString());
        var inCard = card?.Descendants.ToList() ?? [];
        return (page, inCard.Find(element => element.TestId == $"module-{slug}"), inCard.Exists(element => element.TestId == "pending"));
    }

    /// <summary>Waits until My accounts shows a module in this place, with nothing pending at the gateway.</summary>
    public static async Task<string> SeeAsync(Cast cast, string slug, bool isFirst, CancellationToken cancellationToken)
    {
        var first = isFirst ? "true" : "false";
        var (page, row, _) = await cast.UntilAsync(
            () => LookAsync(cast, slug, cancellationToken),
            seen => seen.Row is not null && seen.Row["data-state"] == "on" && seen.Row["data-first"] == first && !seen.IsPending,
            $"{slug} on, {(isFirst ? "answering first" : "standing by")}, and nothing pending",
            seen => seen.Row is null ? $"no such module on {seen.Page.Describe()}" : $"state {seen.Row["data-state"]}, first {seen.Row["data-first"]}, pending {seen.IsPending}",
            cancellationToken);
        return $"{page.Address.AbsolutePath}: {slug} is {row!["data-state"]}, {(isFirst ? "answers first" : "stands by")}";
    }

    private static async Task<string> ConfirmAsync(Cast cast, CancellationToken cancellationToken)
    {
        cast.Page = await cast.Browser.ClickAsync(cast.Page, "review-confirm", cancellationToken, form => form.Set("Input.CompanyName", $"示範公司 {cast.Mark}").Set("Input.Country", "TW"));
        var state = cast.Page.Get("module-page")["data-state"];
        Unless(state == "inSetUp", "a module page in state inSetUp", $"{state} on {cast.Page.Describe()}");
        return $"{cast.Page.Address.AbsolutePath} is in set-up";
    }

    private static async Task<string> SetUpAsync(Cast cast, CancellationToken cancellationToken)
    {
        var opened = await cast.Browser.ClickAsync(cast.Page, "set-up-open", cancellationToken);
        Unless(opened.Status == HttpStatusCode.OK && opened.Address.Authority == cast.Addresses.KeywordReply.Authority, $"a page of {cast.Addresses.KeywordReply}", opened.Describe());

        // The page's script speaks this JSON. The module asks the gateway whether it serves the account, and the new linkage is on its way there.
        var answers = new Uri(opened.Address, $"/setup/api/answers?bot={cast.Bot}");
        var (_, body) = await cast.UntilAsync(
            async () =>
            {
                using var answer = await cast.Http.GetAsync(answers, cancellationToken);
                return (answer.StatusCode, Body: await answer.Content.ReadAsStringAsync(cancellationToken));
            },
            seen => seen.StatusCode == HttpStatusCode.OK, "the module to know the account", seen => $"{(int)seen.StatusCode} {seen.Body}", cancellationToken);
        var known = JsonNode.Parse(body)!;
        var set = known["answers"]!.DeepClone();
        set["rules"]!.AsArray().Insert(0, new JsonObject { ["keywords"] = new JsonArray(cast.Keyword), ["answer"] = cast.KeywordAnswer, ["kind"] = "text" });
        using var saved = await cast.Http.PutAsJsonAsync(answers, set, cancellationToken);
        Unless(saved.IsSuccessStatusCode, "the keyword to be saved", $"{(int)saved.StatusCode} {await saved.Content.ReadAsStringAsync(cancellationToken)}");
        return $"for \"{known["accountName"]}\": \"{cast.Keyword}\" → \"{cast.KeywordAnswer}\"";
    }

    private static async Task<string> TurnOnAsync(Cast cast, CancellationToken cancellationToken)
    {
        var choice = cast.Page.Get($"answers-first-{Shopping.Slug}");
        cast.Page = await cast.Browser.ClickAsync(cast.Page, "turn-on", cancellationToken, form => form.Set(choice["name"]!, choice["value"]!));
        return await SeeAsync(cast, Shopping.Slug, isFirst: true, cancellationToken);
    }
}
