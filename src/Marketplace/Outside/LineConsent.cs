using Line;
using Marketplace.Browsing;

namespace Marketplace.Outside;

/// <summary>LINE's sign-in and consent pages, as an account manager goes through them.</summary>
internal static class LineConsent
{
    /// <summary>Signs in by the form.</summary>
    /// <param name="page">LINE's sign-in page.</param>
    /// <returns>The consent page.</returns>
    public static Task<Page> SignInAsync(Browser browser, Page page, SandboxConsole.Manager manager, CancellationToken cancellationToken)
    {
        var form = page.FormWith("password");
        var button = form.Descendants.First(element => element.Name == "button");
        return browser.SubmitAsync(page, form, button, cancellationToken, fields => fields.Set("email", manager.Email).Set("password", manager.Password));
    }

    /// <summary>The accounts that the consent page lists.</summary>
    public static IReadOnlyList<string> AccountsOn(Page page) =>
        [.. page.Root.Descendants.Where(element => element.Name == "input" && element["name"] == "bot_id").Select(element => element["value"] ?? "")];

    /// <summary>Links the module with the account, all permissions left ticked.</summary>
    /// <returns>Where LINE sends the browser back to.</returns>
    public static Task<Page> LinkAsync(Browser browser, Page page, BotId bot, CancellationToken cancellationToken)
    {
        var form = page.FormWith("decision");
        var link = form.Descendants.FirstOrDefault(element => element.Name == "button" && element["value"] == "link")
            ?? throw new PageException("a button that links", page.Describe());
        return browser.SubmitAsync(page, form, link, cancellationToken, fields => fields.Set("bot_id", bot.ToString()));
    }
}
