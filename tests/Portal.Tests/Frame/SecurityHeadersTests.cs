using System.Net;
using Microsoft.Extensions.Configuration;
using Portal.Tests.Hosting;

namespace Portal.Tests.Frame;

public sealed class SecurityHeadersTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/no/such/page")]
    [InlineData("/css/tokens.css")]
    [InlineData("/sign-in")]
    public async Task Given_any_answer_When_a_browser_reads_its_headers_Then_only_our_own_scripts_run_and_nobody_frames_it(string address)
    {
        await using var portal = await PortalHost.StartAsync();
        var (answer, _) = await portal.GetAsync(address);
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldContain("default-src 'self'");
        policy.ShouldContain("frame-ancestors 'none'");
        policy.ShouldContain("form-action 'self' http://line.test");
        policy.ShouldNotContain("unsafe");
        answer.Headers.GetValues("X-Content-Type-Options").Single().ShouldBe("nosniff");
        answer.Headers.GetValues("Referrer-Policy").Single().ShouldBe("strict-origin-when-cross-origin");
    }

    [Fact]
    public async Task Given_the_pages_assets_When_loaded_as_the_page_names_them_Then_all_are_there_and_may_be_kept()
    {
        await using var portal = await PortalHost.StartAsync();
        var (_, html) = await portal.GetAsync("/");
        var addresses = System.Text.RegularExpressions.Regex.Matches(html, "(?:href|src)=\"(/(?:css|js|img|_framework)/[^\"#]+)").Select(match => match.Groups[1].Value).Distinct().ToList();
        addresses.ShouldContain(address => address.StartsWith("/_framework/blazor.web.js", StringComparison.Ordinal));
        foreach (var address in addresses)
        {
            var (answer, _) = await portal.GetAsync(address);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, address);
            answer.Headers.CacheControl!.ToString().ShouldContain("immutable", Case.Sensitive, address);
        }

        (await portal.GetAsync("/css/tokens.css")).Answer.Headers.CacheControl!.ToString().ShouldBe("no-cache", "without its fingerprint it may be another one tomorrow");
    }

    [Fact]
    public async Task Given_a_public_address_with_a_path_When_started_Then_the_start_is_refused_and_names_the_key()
    {
        var refused = await Should.ThrowAsync<Exception>(() => PortalHost.StartAsync(also: builder =>
            builder.Configuration.AddInMemoryCollection([new("Portal:PublicUrl", "https://market.example/shop")])));
        refused.Message.ShouldContain("Portal:PublicUrl");
    }

    [Fact]
    public async Task Given_a_public_address_When_search_engines_ask_Then_every_address_they_get_is_the_public_one()
    {
        await using var portal = await PortalHost.StartAsync(also: builder =>
        {
            DemoMarket.Configure(builder);
            builder.Configuration.AddInMemoryCollection([new("Portal:PublicUrl", "https://market.example")]);
        });
        (await portal.GetAsync("/robots.txt")).Body.ShouldContain("Sitemap: https://market.example/sitemap.xml");
        (await portal.GetAsync("/sitemap.xml")).Body.ShouldContain("<loc>https://market.example/m/live-desk</loc>");
        (await portal.GetAsync("/m/live-desk?culture=en")).Body.ShouldContain("<link rel=\"canonical\" href=\"https://market.example/m/live-desk\"");
    }
}
