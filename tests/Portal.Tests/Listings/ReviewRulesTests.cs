using Portal.Catalog;
using Portal.Listings;
using Tenancy;

namespace Portal.Tests.Listings;

/// <summary>What goes to review and what is live at once.</summary>
public sealed class ReviewRulesTests
{
    private static readonly ListingDocument Live = Seller.Complete() with { Plans = [Plan("standard", "800"), Plan("large", "2000")], Scopes = [new(Scopes.MessageSend, false), new(Scopes.ProfileRead, false)] };

    public static TheoryData<string, bool> Changes() => new()
    {
        { "path of the webhook", false }, { "host of the webhook", true }, { "port of the webhook", true }, { "webhook on another reviewed host", false }, { "letters of the webhook's host", false },
        { "host of the set-up page", true }, { "path of the privacy page", false }, { "host of the privacy page", true }, { "host of the terms", true }, { "no set-up page any more", false },
        { "mailbox of support", false }, { "domain of support", true }, { "hours", false },
        { "price", false }, { "new plan", true }, { "plan taken off", false }, { "name of a plan", true }, { "interval", true }, { "order of the plans", false },
        { "name", true }, { "a typo in a text", true }, { "line of the chat", true }, { "icon", true }, { "cover", true }, { "words for a picture", true }, { "vertical", true }, { "market", true }, { "role", true },
        { "one permission more", true }, { "one permission less", false }, { "optional becomes needed", true }, { "needed becomes optional", false },
    };

    [Theory, MemberData(nameof(Changes))]
    public void Given_a_listing_that_is_live_When_one_thing_changes_Then_the_table_says_whether_somebody_looks_first(string change, bool needsReview)
    {
        var (live, next) = Change(change);
        DocumentPaths.Between(live, next).ShouldNotBeEmpty(change);
        (ReviewRules.NeedReview(live, next).Count > 0).ShouldBe(needsReview, change);
    }

    [Fact]
    public void Given_a_listing_that_was_never_live_When_it_is_submitted_Then_all_of_it_is_looked_at() =>
        ReviewRules.NeedReview(null, Live).Select(change => change.Path).ShouldBe(DocumentPaths.Flatten(Live).Keys);

    [Fact]
    public void Given_two_documents_When_anything_in_them_differs_Then_so_do_their_fingerprints()
    {
        var all = Changes().Select(row => Change((string)row[0]).Next).Select(VersionFingerprint.Of).ToList();
        all.Distinct().Count().ShouldBe(all.Count);
        all.ShouldNotContain(VersionFingerprint.Of(Live));
        VersionFingerprint.Of(Live).ShouldBe(VersionFingerprint.Of(Live with { Markets = [.. Live.Markets] }));
    }

    private static (ListingDocument Live, ListingDocument Next) Change(string what) => what switch
    {
        "path of the webhook" => To(Live with { WebhookUrl = "https://module.qinglan.example/v2/webhook" }),
        "host of the webhook" => To(Live with { WebhookUrl = "https://module.qinglan.example.evil.test/webhook" }),
        "port of the webhook" => To(Live with { WebhookUrl = "https://module.qinglan.example:8443/webhook" }),
        "webhook on another reviewed host" => To(Live with { WebhookUrl = "https://www.qinglan.example/webhook" }),
        "letters of the webhook's host" => To(Live with { WebhookUrl = "https://MODULE.qinglan.example/webhook" }),
        "host of the set-up page" => To(Live with { SetUpUrl = "https://setup.example/" }),
        "path of the privacy page" => To(Live with { PrivacyUrl = "https://www.qinglan.example/legal/privacy" }),
        "host of the privacy page" => To(Live with { PrivacyUrl = "https://privacy.example/" }),
        "host of the terms" => To(Live with { TermsUrl = "https://terms.example/" }),
        "no set-up page any more" => To(Live with { SetUpUrl = null }),
        "mailbox of support" => To(Live with { SupportEmail = "desk@qinglan.example" }),
        "domain of support" => To(Live with { SupportEmail = "help@elsewhere.example" }),
        "hours" => To(Live with { SupportHours = new Dictionary<string, string> { ["TW"] = "每天" } }),
        "price" => To(Live with { Plans = [Plan("standard", "900"), Live.Plans[1]] }),
        "new plan" => To(Live with { Plans = [.. Live.Plans, Plan("huge", "9000")] }),
        "plan taken off" => To(Live with { Plans = [Live.Plans[0]] }),
        "name of a plan" => To(Words(words => words with { Plans = new Dictionary<string, ListingText.PlanText> { ["standard"] = new("Basic", ["As many bookings as you like"]) } })),
        "interval" => To(Live with { Plans = [Live.Plans[0] with { Interval = BillingInterval.Year }, Live.Plans[1]] }),
        "order of the plans" => To(Live with { Plans = [Live.Plans[1], Live.Plans[0]] }),
        "name" => To(Words(words => words with { Name = "Table Walk" })),
        "a typo in a text" => To(Words(words => words with { About = "A guest writes, it bookes." })),
        "line of the chat" => To(Words(words => words with { Conversation = [.. words.Conversation, new("customer", "Thanks")] })),
        "icon" => To(Live with { Pictures = [Live.Pictures[0] with { Fingerprint = new string('0', 32) }, .. Live.Pictures.Skip(1)] }),
        "cover" => To(Live with { Pictures = [Live.Pictures[0], Live.Pictures[1] with { Fingerprint = new string('0', 32) }, Live.Pictures[2]] }),
        "words for a picture" => To(Live with { Pictures = [Live.Pictures[0], Live.Pictures[1] with { AltText = "Another table" }, Live.Pictures[2]] }),
        "vertical" => To(Live with { Verticals = ["food", "retail"] }),
        "market" => To(Live with { Markets = ["TW", "JP"] }),
        "role" => To(Live with { Role = ModuleRole.WorksQuietly }),
        "one permission more" => To(Live with { Scopes = [.. Live.Scopes, new(Scopes.AccountManage, true)] }),
        "one permission less" => To(Live with { Scopes = [Live.Scopes[0]] }),
        "optional becomes needed" => (Live with { Scopes = [new(Scopes.MessageSend, true), Live.Scopes[1]] }, Live with { SupportHours = Live.SupportHours, Scopes = [new(Scopes.MessageSend, false), Live.Scopes[1] with { IsOptional = false }], SetUpUrl = Live.SetUpUrl + "?x" }),
        "needed becomes optional" => To(Live with { Scopes = [new(Scopes.MessageSend, true), Live.Scopes[1]] }),
        _ => throw new ArgumentOutOfRangeException(nameof(what), what, null),
    };

    private static (ListingDocument Live, ListingDocument Next) To(ListingDocument next) => (Live, next);

    private static ListingDocument Words(Func<ListingDocument.Words, ListingDocument.Words> change)
    {
        var texts = Live.Texts.ToDictionary();
        texts["en"] = change(texts["en"]);
        return Live with { Texts = texts };
    }

    private static ListingDocument.PlanOffer Plan(string code, string price) => new(code, BillingInterval.Month, new Dictionary<string, string> { ["TWD"] = price }, "14", "");
}
