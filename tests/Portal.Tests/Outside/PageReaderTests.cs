using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Portal.Outside;
using Portal.Tests.Providers;

namespace Portal.Tests.Outside;

/// <summary>Nobody makes the portal look inside: 127.0.0.2 plays the open internet, every other address of this machine is its inside.</summary>
public sealed class PageReaderTests : IAsyncLifetime
{
    private readonly ProviderStage.Lookup _names = new();
    private WebApplication _site = null!;
    private int _insideVisits;

    private int Port => new Uri(_site.Urls.First(url => url.Contains("127.0.0.2", StringComparison.Ordinal))).Port;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.2:0");
        _site = builder.Build();
        _site.MapGet("/inside", () => { Interlocked.Increment(ref _insideVisits); return "secret"; });
        _site.MapGet("/to/{times:int}", (int times, HttpRequest request) => times == 0 ? Results.Text("here") : Results.Redirect($"http://{request.Host}/to/{times - 1}"));
        _site.MapGet("/away", (string to) => Results.Redirect(to));
        _site.MapGet("/page", () => Results.Text("<p>株式会社&nbsp;アクメ</p><script>evil()</script>", "text/html"));
        _site.MapGet("/large", () => Results.Text(new string('x', PageReader.BytesMax + 1)));
        _site.MapGet("/picture", () => Results.Bytes([1, 2, 3], "image/png"));
        _site.MapGet("/gone", () => Results.StatusCode(410));
        await _site.StartAsync();
        _names.Says("page.test", "127.0.0.2");
    }

    public async Task DisposeAsync() => await _site.DisposeAsync();

    [Fact]
    public async Task Given_a_page_When_it_is_looked_at_Then_its_words_address_and_hash_are_kept()
    {
        var look = await ReadAsync("/to/3");
        look.Fault.ShouldBeNull();
        look.Text.ShouldBe("here");
        look.FinalUrl.ShouldEndWith("/to/0");
        look.Hash.Length.ShouldBe(64);

        var named = await ReadAsync("/page");
        named.Text.ShouldNotContain("evil");
        PageText.Names(named.Text, "株式会社アクメ").ShouldBeTrue();
        PageText.Names(named.Text, "Acme").ShouldBeFalse();
    }

    [Theory]
    [InlineData("/to/4", PageFault.TooManyRedirects)]
    [InlineData("/large", PageFault.TooLarge)]
    [InlineData("/picture", PageFault.NotAPage)]
    [InlineData("/gone", PageFault.BadStatus)]
    public async Task Given_what_is_no_page_When_it_is_looked_at_Then_the_fault_says_so(string path, PageFault fault) => (await ReadAsync(path)).Fault.ShouldBe(fault);

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.0.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("127.0.0.2 127.0.0.1")]
    public async Task Given_a_name_that_leads_inside_When_it_is_looked_at_Then_nobody_calls_there(string addresses)
    {
        _names.Says("inside.test", addresses);

        (await ReadAsync("/inside", "inside.test")).Fault.ShouldBe(PageFault.NotPublic);

        _insideVisits.ShouldBe(0);
    }

    [Theory]
    [InlineData("http://127.0.0.1:{0}/inside")]
    [InlineData("http://2130706433:{0}/inside")]
    [InlineData("http://[::1]:{0}/inside")]
    [InlineData("http://inside.test:{0}/inside")]
    public async Task Given_a_page_that_redirects_inside_When_it_is_followed_Then_it_stops_there(string to)
    {
        _names.Says("inside.test", "127.0.0.1");

        var look = await ReadAsync($"/away?to={Uri.EscapeDataString(string.Format(null, to, Port))}");

        look.Fault.ShouldBe(PageFault.NotPublic);
        _insideVisits.ShouldBe(0);
    }

    [Fact]
    public async Task Given_a_name_that_answers_differently_the_second_time_When_it_redirects_to_itself_Then_the_second_answer_is_checked_too()
    {
        _names.Says("rebind.test", "127.0.0.2", "127.0.0.1");

        (await ReadAsync($"/away?to={Uri.EscapeDataString($"http://rebind.test:{Port}/inside")}", "rebind.test")).Fault.ShouldBe(PageFault.NotPublic);

        _insideVisits.ShouldBe(0);
    }

    [Theory]
    [InlineData("http://page.test/privacy")]
    [InlineData("ftp://page.test/privacy")]
    [InlineData("file:///etc/passwd")]
    [InlineData("https://user:password@page.test/")]
    [InlineData("https://page.test:22/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("not an address")]
    public async Task Given_an_address_of_another_kind_When_only_https_may_be_called_Then_it_is_refused_unseen(string address) =>
        (await Reader(new OutsideOptions()).ReadAsync(address, CancellationToken.None)).Fault.ShouldBe(PageFault.BadAddress);

    private Task<PageLook> ReadAsync(string path, string host = "page.test") =>
        Reader(new OutsideOptions { AllowPlainHttp = true, AllowedNetworks = ["127.0.0.2/32"] }).ReadAsync($"http://{host}:{Port}{path}", CancellationToken.None);

    private PageReader Reader(OutsideOptions options) => new(_names, Options.Create(options), TimeProvider.System);
}
