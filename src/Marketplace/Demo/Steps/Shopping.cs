using static Marketplace.Demo.StepFailedException;

namespace Marketplace.Demo.Steps;

/// <summary>A shop owner finds a module, reads about it and signs in.</summary>
internal static class Shopping
{
    public const string Slug = "keyword-reply";

    public static IReadOnlyList<Step> Steps { get; } =
    [
        new("The catalog's search finds the module", SearchAsync),
        new("The listing shows a free plan", OpenListingAsync),
        new("A new shop owner signs in on the way to the plan", SignInAsync),
    ];

    private static async Task<string> SearchAsync(Cast cast, CancellationToken cancellationToken)
    {
        var home = await cast.Browser.OpenAsync(cast.Addresses.Portal, cancellationToken);
        var box = home.Get("catalog-search");
        var form = box.Ancestors.First(element => element.Name == "form");
        cast.Page = await cast.Browser.SubmitAsync(home, form, form.Descendants.First(element => element.Name == "button"), cancellationToken, fields => fields.Set(box["name"]!, "營業時間"));
        cast.Page.Get($"listing-{Slug}");
        return $"營業時間 (opening hours) finds {cast.Page.Find("catalog-total")?["data-total"] ?? "some"} with {Slug} among them";
    }

    private static async Task<string> OpenListingAsync(Cast cast, CancellationToken cancellationToken)
    {
        cast.Page = await cast.Browser.ClickAsync(cast.Page, $"listing-{Slug}", cancellationToken);
        cast.Page.Get("get-free");
        return cast.Page.Address.AbsolutePath;
    }

    private static async Task<string> SignInAsync(Cast cast, CancellationToken cancellationToken)
    {
        var plan = await cast.Browser.ClickAsync(cast.Page, "get-free", cancellationToken);
        var signIn = await cast.Browser.ClickAsync(plan, "plan-continue", cancellationToken);
        Unless(signIn.Find("sign-up") is not null, "to be asked who this is", signIn.Describe());
        cast.Page = await cast.Browser.ClickAsync(signIn, "sign-up", cancellationToken, form => form
            .Set("Input.Name", $"Owner {cast.Mark}")
            .Set("Input.Email", $"owner-{cast.Mark}@demo.example")
            .Set("Input.Passphrase", $"seven lanterns {cast.Mark}"));
        cast.Page.Get("account-connect");
        return $"owner-{cast.Mark}@demo.example, and back on {cast.Page.Address.AbsolutePath}";
    }
}
