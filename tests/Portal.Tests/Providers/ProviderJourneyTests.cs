using System.Net;
using Databases;
using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Mail;
using Portal.Providers;
using Portal.Tests.Hosting;
using Tenancy;

namespace Portal.Tests.Providers;

public sealed class ProviderJourneyTests
{
    [Theory, On(Database.Sqlite), On(Database.PostgreSql), On(Database.SqlServer)]
    public async Task Given_a_company_without_an_organisation_When_it_applies_and_two_reviewers_agree_Then_it_is_certified_for_a_year_and_the_log_tells_who_approved_which_document(Database kind)
    {
        await using var stage = await ProviderStage.StartAsync(kind);
        var (owner, slug) = await stage.ApplyAsync();
        var (one, two) = (await stage.OperatorAsync("Aki"), await stage.OperatorAsync("Bo"));
        var id = await stage.IdAsync(slug);

        var review = await one.OpenAsync($"/operations/providers/{id}");
        review = await one.PressAsync(review, "take-up");
        review = await one.PressAsync(review, "findings", ("text", "Found in the register: https://register.example/22099131"), ("authority", "Mailbox"));
        review = await one.PressAsync(review, "approve");
        (await stage.CertifiedUntilAsync(slug)).ShouldBeNull("one person is not enough");
        await two.PressAsync(await two.OpenAsync($"/operations/providers/{id}"), "approve");

        var until = await stage.CertifiedUntilAsync(slug);
        until!.Value.ShouldBe(stage.Portal.Clock.GetUtcNow().AddYears(1), TimeSpan.FromMinutes(1));
        (await owner.OpenAsync($"/o/{slug}/provider")).Has("certified").ShouldBeTrue();
        (await stage.Portal.InDatabaseAsync(db => db.Set<CertifiedCompany>().SingleAsync())).Number.ShouldBe("22099131");
        (await stage.Portal.InDatabaseAsync(db => db.Set<OutgoingMail>().CountAsync(mail => mail.Kind == "Certified"))).ShouldBe(1);

        var document = await stage.Portal.InDatabaseAsync(db => db.Set<ProviderDocument>().SingleAsync());
        var log = await stage.Portal.InDatabaseAsync(db => db.Set<AuditRow>().AsNoTracking().OrderBy(row => row.At).ToListAsync());
        log.Count(row => row.Action == "approval.approved" && row.PersonId is not null).ShouldBe(2);
        log.Where(row => row.Action == "approval.approved").Select(row => row.PersonId).Distinct().Count().ShouldBe(2);
        log.Single(row => row.Action == "provider.certified").After!.ShouldContain(document.Id.ToString());
        log.ShouldAllBe(row => !$"{row.Before}{row.After}".Contains("123456789012"));
        document.Sealed.AsSpan().IndexOf("%PDF"u8).ShouldBe(-1, "it is sealed");
    }

    [Fact]
    public async Task Given_an_application_in_review_When_the_reviewer_asks_Then_the_company_answers_changes_and_hands_in_again()
    {
        await using var stage = await ProviderStage.StartAsync();
        var (owner, slug) = await stage.ApplyAsync();
        var reviewer = await stage.OperatorAsync("Aki");
        var path = $"/operations/providers/{await stage.IdAsync(slug)}";
        await reviewer.PressAsync(await reviewer.OpenAsync(path), "take-up");

        // While it is reviewed nothing changes, whatever an old tab sends.
        var closed = await owner.PostAsync($"/o/{slug}/provider/bank", await owner.OpenAsync($"/o/{slug}/provider"), ("bank", "004"), ("holder", "X"), ("account", "99999999"));
        closed.Has("said-closed").ShouldBeTrue();

        await reviewer.PressAsync(await reviewer.OpenAsync(path), "ask", ("part", "Company"), ("text", "Is this the new address?"));
        (await stage.Portal.InDatabaseAsync(db => db.Set<OutgoingMail>().CountAsync(mail => mail.Kind == "Asked"))).ShouldBe(1);
        (await reviewer.OpenAsync(path)).Has("approve").ShouldBeFalse("what is asked about is not voted on");

        var company = await owner.OpenAsync($"/o/{slug}/provider/company");
        company.TextOf("thread").ShouldContain("Is this the new address?");
        await owner.PressAsync(company, "answer", ("text", "Yes, since May."));
        var handedIn = await owner.PressAsync(await owner.OpenAsync($"/o/{slug}/provider"), "submit-application");
        handedIn.AttributeOf("application-state", "data-state").ShouldBe("Submitted");
        (await reviewer.OpenAsync(path)).Text.ShouldContain("Yes, since May.");
    }

    [Fact]
    public async Task Given_an_application_with_gaps_When_it_is_handed_in_Then_it_is_not_and_says_what_is_missing()
    {
        await using var stage = await ProviderStage.StartAsync();
        var (owner, slug) = await stage.BeginAsync();

        var page = await owner.PressAsync(await owner.OpenAsync($"/o/{slug}/provider"), "submit-application");

        page.Has("said-incomplete").ShouldBeTrue();
        page.AttributeOf("application-state", "data-state").ShouldBe("Draft");
        page.TextOf("part-bank").ShouldContain("The bank account is missing.");
    }

    [Fact]
    public async Task Given_a_number_under_which_another_company_is_certified_When_it_is_handed_in_Then_it_is_refused()
    {
        await using var stage = await ProviderStage.StartAsync();
        await stage.Portal.InDatabaseAsync(db =>
        {
            db.Add(new CertifiedCompany { Country = "TW", Number = "22099131", OwnerId = TenantId.New(), Since = stage.Portal.Clock.GetUtcNow() });
            return db.SaveChangesAsync();
        });

        var (owner, slug) = await stage.ApplyAsync();

        (await owner.OpenAsync($"/o/{slug}/provider")).AttributeOf("application-state", "data-state").ShouldBe("Draft");
    }

    [Fact]
    public async Task Given_somebody_who_wrote_in_the_application_When_they_are_also_an_operator_Then_they_cannot_approve_it()
    {
        await using var stage = await ProviderStage.StartAsync();
        var (owner, slug) = await stage.ApplyAsync();
        await stage.Portal.InDatabaseAsync(async db =>
        {
            (await db.People.SingleAsync()).IsOperator = true;
            return await db.SaveChangesAsync();
        });

        var review = await owner.OpenAsync($"/operations/providers/{await stage.IdAsync(slug)}");

        review.Status.ShouldBe(HttpStatusCode.OK);
        review.Has("approve").ShouldBeFalse();
        review.Has("own-work").ShouldBeTrue();
    }

    [Theory]
    [InlineData("letter.svg", "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "wrongtype")]
    [InlineData("certificate.pdf", "<html>not a pdf</html>", "wrongtype")]
    [InlineData("certificate.pdf", "%PDF-1.7\n1 0 obj <</OpenAction <</S /J#61vaScript>>>>\nstartxref\n0\n%%EOF", "active")]
    [InlineData("certificate.pdf", "%PDF-1.7\nstartxref\n0\n%%EOF\nPK\u0003\u0004 and more", "damaged")]
    public async Task Given_a_hostile_file_When_it_is_handed_in_Then_one_sentence_says_why_and_nothing_is_stored(string name, string content, string fault)
    {
        await using var stage = await ProviderStage.StartAsync();
        var (owner, slug) = await stage.BeginAsync();

        var page = await stage.UploadAsync(owner, slug, name, System.Text.Encoding.Latin1.GetBytes(content));

        page.Has($"said-document-{fault}").ShouldBeTrue(page.Text);
        (await stage.Portal.InDatabaseAsync(db => db.Set<ProviderDocument>().CountAsync())).ShouldBe(0);
    }

    [Fact]
    public async Task Given_eleven_megabytes_or_the_antivirus_test_file_When_handed_in_Then_nothing_is_stored()
    {
        await using var stage = await ProviderStage.StartAsync();
        var (owner, slug) = await stage.BeginAsync();
        var virus = ProviderStage.Pdf(@"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-" + "ANTIVIRUS-TEST-FILE!$H+H*");

        (await stage.UploadAsync(owner, slug, "big.pdf", [.. ProviderStage.Pdf(), .. new byte[11 * 1024 * 1024]])).Has("said-document-toolarge").ShouldBeTrue();
        (await stage.UploadAsync(owner, slug, "virus.pdf", virus)).Has("said-document-infected").ShouldBeTrue();

        (await stage.Portal.InDatabaseAsync(db => db.Set<ProviderDocument>().CountAsync())).ShouldBe(0);
    }

    [Fact]
    public async Task Given_a_document_When_anybody_but_an_operator_asks_for_it_Then_it_does_not_exist_and_an_operators_look_is_written_down()
    {
        await using var stage = await ProviderStage.StartAsync();
        var (owner, slug) = await stage.ApplyAsync();
        var document = await stage.Portal.InDatabaseAsync(db => db.Set<ProviderDocument>().SingleAsync());
        var token = await owner.OpenAsync($"/o/{slug}/provider");

        (await owner.PostAsync($"/operations/providers/documents/{document.Id}", token)).Status.ShouldBe(HttpStatusCode.NotFound);

        var reviewer = await stage.OperatorAsync("Aki");
        var opened = await reviewer.PressAsync(await reviewer.OpenAsync($"/operations/providers/{await stage.IdAsync(slug)}"), "open-document");
        opened.Status.ShouldBe(HttpStatusCode.OK);
        opened.Html.ShouldStartWith("%PDF-");
        (await stage.Portal.InDatabaseAsync(db => db.Set<AuditRow>().CountAsync(row => row.Action == "document.opened"))).ShouldBe(1);

        await stage.Portal.InDatabaseAsync(async db =>
        {
            (await db.Set<ProviderDocument>().SingleAsync()).Scan = ScanState.Waiting;
            return await db.SaveChangesAsync();
        });
        (await reviewer.PostAsync($"/operations/providers/documents/{document.Id}", await reviewer.OpenAsync("/operations/providers"))).Status.ShouldNotBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Given_five_wrong_codes_When_the_right_one_follows_Then_it_holds_no_more()
    {
        await using var stage = await ProviderStage.StartAsync();
        var (owner, slug) = await stage.BeginAsync();
        await stage.SavePrivacyAsync(owner, slug);
        var page = await owner.PressAsync(await owner.OpenAsync($"/o/{slug}/provider/authority"), "save-part", ("way", "Mailbox"), ("mailbox", "legal@acme.test"));
        var code = await stage.CodeAsync();

        for (var i = 0; i < 5; i++)
            page = await owner.PressAsync(page, "prove-code", ("code", "AAAAAAAA"));
        page.Has("said-code-wrong").ShouldBeTrue();

        (await owner.PressAsync(page, "prove-code", ("code", code))).Has("said-code-over").ShouldBeTrue();
    }

    [Theory]
    [InlineData("legal@other.test")]
    [InlineData("legal@test")]
    [InlineData("legal@evil-acme.test")]
    [InlineData("a@b@acme.test")]
    public async Task Given_a_mailbox_elsewhere_When_it_is_named_Then_no_code_is_sent(string mailbox)
    {
        await using var stage = await ProviderStage.StartAsync();
        var (owner, slug) = await stage.BeginAsync();
        await stage.SavePrivacyAsync(owner, slug);

        var page = await owner.PressAsync(await owner.OpenAsync($"/o/{slug}/provider/authority"), "save-part", ("way", "Mailbox"), ("mailbox", mailbox));

        page.Has("said-mailbox-domain").ShouldBeTrue();
        (await stage.Portal.InDatabaseAsync(db => db.Set<OutgoingMail>().CountAsync(mail => mail.Kind == "Code"))).ShouldBe(0);
    }
}
