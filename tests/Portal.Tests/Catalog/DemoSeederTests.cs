using Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Portal.Catalog;
using Portal.Catalog.Demo;
using Portal.Catalog.Demo.Drawing;
using Portal.Frame.Language;
using Portal.Tests.Hosting;

namespace Portal.Tests.Catalog;

public sealed class DemoSeederTests
{
    [Theory, On(Database.Sqlite), On(Database.PostgreSql), On(Database.SqlServer)]
    public async Task Given_an_empty_database_When_started_twice_Then_the_market_is_seeded_once(Database database)
    {
        await using var portal = await DemoMarket.StartAsync(database);
        var before = await CountsAsync();
        await portal.RestartAsync();
        (await CountsAsync()).ShouldBe(before);
        before.Listings.ShouldBeGreaterThanOrEqualTo(12);
        before.Providers.ShouldBe(7);

        Task<(int Listings, int Providers, int People, int Grams)> CountsAsync() => portal.InDatabaseAsync(async db =>
            (await db.Listings.CountAsync(), await db.Providers.CountAsync(), await db.People.CountAsync(), await db.Set<ListingGram>().CountAsync()));
    }

    [Fact]
    public async Task Given_two_configured_modules_When_seeded_Then_only_these_can_be_installed_and_bear_the_configured_identity()
    {
        await using var portal = await DemoMarket.StartAsync();
        var (installable, module) = await portal.InDatabaseAsync(async db =>
        (
            await db.Listings.Where(row => row.IsInstallable).OrderBy(row => row.Slug).Select(row => row.Slug).ToListAsync(),
            await db.Modules.SingleAsync(row => row.Name == "Keyword Reply")
        ));
        installable.ShouldBe(["keyword-reply", "live-desk"]);
        module.ChannelId.ToString().ShouldBe("1001");
        module.SetUpUrl.ShouldBe("http://127.0.0.1:5083/setup");
        module.ProtectedSecret.ShouldNotContain(DemoMarket.ChannelSecret);
    }

    [Fact]
    public async Task Given_a_market_that_somebody_uses_When_started_with_demo_data_Then_nothing_is_added()
    {
        await using var portal = await PortalHost.StartAsync(also: builder => builder.Configuration.AddInMemoryCollection([new("Demo:Seed", "false")]));
        await portal.ListAsync("only-one");
        await portal.RestartAsync();
        (await portal.InDatabaseAsync(db => db.Listings.CountAsync())).ShouldBe(1);
    }

    [Theory]
    [InlineData("Demo:Modules:KeywordReply:ChannelId", "abc", "Demo:Modules:KeywordReply:ChannelId")]
    [InlineData("Demo:Modules:Unheard:ChannelId", "1001", "Demo:Modules:Unheard")]
    [InlineData("Demo:Sed", "true", "Sed")]
    public async Task Given_a_configuration_that_cannot_be_meant_When_started_Then_the_start_is_refused_and_names_the_key(string key, string value, string named)
    {
        var refused = await Should.ThrowAsync<Exception>(() => PortalHost.StartAsync(also: builder =>
        {
            DemoMarket.Configure(builder);
            builder.Configuration.AddInMemoryCollection([new(key, value)]);
        }));
        refused.Message.ShouldContain(named);
    }

    [Fact]
    public void Given_the_demo_files_When_read_Then_every_listing_is_whole_in_Chinese_and_English()
    {
        var data = DemoData.Read();
        foreach (var listing in data.Listings)
        {
            Taxonomy.Verticals.ShouldContain(listing.Verticals[0], listing.Slug);
            listing.Functions.ShouldBeSubsetOf(Taxonomy.Functions, listing.Slug);
            data.Providers.ShouldContain(provider => provider.Slug == listing.Provider, listing.Slug);
            foreach (var language in new[] { Languages.TraditionalChinese, Languages.English })
                listing.Texts.Keys.ShouldContain(language, listing.Slug);
            foreach (var (language, text) in listing.Texts)
            {
                text.Plans.Keys.ShouldBe(listing.Plans.Select(plan => plan.Code), ignoreOrder: true, $"{listing.Slug} {language}");
                text.Reasons.Keys.ShouldBe(listing.Permissions.Select(permission => permission.Scope), ignoreOrder: true, $"{listing.Slug} {language}");
                text.Conversation.ShouldAllBe(line => line.From == "customer" || line.From == "module" || line.From == "staff");
                PhoneDrawing.Draw(Palette.Of(listing.Verticals[0]), text.Name, text.Conversation).ShouldContain("<svg");
            }
        }
    }
}
