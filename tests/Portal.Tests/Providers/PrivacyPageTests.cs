using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Portal.Providers;

namespace Portal.Tests.Providers;

/// <summary>Privacy pages whose owners mean us no good.</summary>
public sealed class PrivacyPageTests : IAsyncLifetime
{
    private ProviderStage _stage = null!;

    public async Task InitializeAsync() => _stage = await ProviderStage.StartAsync();

    public async Task DisposeAsync() => await _stage.DisposeAsync();

    [Fact]
    public async Task Given_a_proven_mailbox_When_the_same_address_leads_to_another_companys_page_Then_the_mailbox_proves_nothing_any_more()
    {
        var (owner, slug) = await _stage.BeginAsync();
        await _stage.SavePrivacyAsync(owner, slug);
        var authority = await owner.PressAsync(await owner.OpenAsync($"/o/{slug}/provider/authority"), "save-part", ("way", "Mailbox"), ("mailbox", "legal@acme.test"));
        await owner.PressAsync(authority, "prove-code", ("code", await _stage.CodeAsync()));
        await _stage.SavePrivacyAsync(owner, slug);
        (await ApplicationAsync(slug)).IsCodeProven.ShouldBeTrue("The same page, looked at again.");

        _stage.Privacy = () => Results.Redirect(_stage.PrivacyUrl.Replace("www.acme.test", "www.other.test", StringComparison.Ordinal));
        await _stage.SavePrivacyAsync(owner, slug);

        (await _stage.Portal.InDatabaseAsync(db => db.Set<PrivacyCheck>().OrderByDescending(row => row.At).Select(row => row.FinalUrl).FirstAsync())).ShouldContain("www.other.test");
        (await ApplicationAsync(slug)).IsCodeProven.ShouldBeFalse();
    }

    [Theory]
    [InlineData("<")]
    [InlineData("<!--")]
    [InlineData("<script ")]
    public async Task Given_a_page_that_is_made_to_be_read_for_ever_When_it_is_named_Then_it_is_no_page_and_says_so(string part)
    {
        var (owner, slug) = await _stage.BeginAsync();
        var hostile = string.Concat(Enumerable.Repeat(part, 1_000_000 / part.Length));
        _stage.Privacy = () => Results.Text(hostile, "text/html");

        await _stage.SavePrivacyAsync(owner, slug);

        var check = await _stage.Portal.InDatabaseAsync(db => db.Set<PrivacyCheck>().SingleAsync());
        check.IsGood.ShouldBeFalse();
    }

    [Fact]
    public async Task Given_a_page_whose_evidence_is_cut_within_a_sign_When_it_is_kept_Then_the_sign_is_left_out()
    {
        var (owner, slug) = await _stage.BeginAsync();
        _stage.Privacy = () => Results.Text(new string('a', 99_999) + "😀 and on", "text/plain");

        await _stage.SavePrivacyAsync(owner, slug);

        (await _stage.Portal.InDatabaseAsync(db => db.Set<PrivacyCheck>().SingleAsync())).Text.ShouldBe(new string('a', 99_999));
    }

    private async Task<ProviderApplication> ApplicationAsync(string slug)
    {
        var id = await _stage.IdAsync(slug);
        return await _stage.Portal.InDatabaseAsync(db => db.Set<ProviderApplication>().AsNoTracking().SingleAsync(row => row.Id == id));
    }
}
