using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using KeywordReply;
using Modules.Tests.Platform;

namespace Modules.Tests.KeywordReply;

public sealed class SetupTests : IAsyncLifetime
{
    private FakePlatform _platform = null!;
    private ModuleUnderTest _module = null!;

    private Uri Answers => new(_module.Origin, $"/setup/api/answers?bot={FakePlatform.Bot}");

    public async Task InitializeAsync()
    {
        _platform = await FakePlatform.StartAsync();
        _module = await new ModuleUnderTest(KeywordReplyApp.Build, _platform).StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _module.DisposeAsync();
        await _platform.DisposeAsync();
    }

    [Theory]
    [InlineData("/setup?linkage=1&bot=Uab012345678901234567890123456789", "text/html")]
    [InlineData("/setup.js", "text/javascript")]
    [InlineData("/base.css", "text/css")]
    public async Task Given_the_set_up_page_When_opened_Then_its_files_are_served_and_locked_down(string path, string type)
    {
        var response = await _module.Http.GetAsync(new Uri(_module.Origin, path));
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.ShouldBe(type);
        response.Headers.GetValues("X-Content-Type-Options").Single().ShouldBe("nosniff");
        response.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("default-src 'self'");
    }

    [Fact]
    public async Task Given_answers_the_owner_wrote_When_saved_Then_customers_get_them_also_after_a_restart()
    {
        var saved = await _module.Http.PutAsJsonAsync(Answers, new
        {
            greeting = "hi",
            fallback = "?",
            rules = new[] { new { keywords = new[] { "Ｗｉ－Ｆｉ", "wifi" }, answer = "The password is on the wall.", kind = "text" } },
        });
        saved.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await _module.StopAsync();
        await _module.StartAsync();

        var page = await _module.Http.GetFromJsonAsync<JsonElement>(Answers);
        page.GetProperty("accountName").GetString().ShouldBe("巷口小店");
        page.GetProperty("isBuiltIn").GetBoolean().ShouldBeFalse();
        await _module.SendAsync(Events.Text(Events.NewUser(), "do you have WI-FI?", _platform.NewReplyToken()));
        (await _platform.Calls.WaitAsync(call => call.Path.EndsWith("/reply", StringComparison.Ordinal))).Single().Text.ShouldBe("The password is on the wall.");
    }

    [Fact]
    public async Task Given_nothing_saved_When_the_page_asks_Then_it_gets_the_built_in_answers()
    {
        var page = await _module.Http.GetFromJsonAsync<JsonElement>(Answers);
        page.GetProperty("isBuiltIn").GetBoolean().ShouldBeTrue();
        page.GetProperty("answers").GetProperty("rules").GetArrayLength().ShouldBeGreaterThan(5);
    }

    [Fact]
    public async Task Given_answers_that_cannot_be_sent_When_saved_Then_each_problem_names_its_place_and_nothing_is_saved()
    {
        var response = await _module.Http.PutAsJsonAsync(Answers, new
        {
            greeting = "",
            rules = new[] { new { keywords = Array.Empty<string>(), answer = new string('x', 161), kind = "booking" } },
        });

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var errors = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors");
        errors.EnumerateObject().Select(error => error.Name).Order().ShouldBe(["fallback", "greeting", "rules[0].answer", "rules[0].keywords"]);
        (await _module.Http.GetFromJsonAsync<JsonElement>(Answers)).GetProperty("isBuiltIn").GetBoolean().ShouldBeTrue();
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("Uab012345678901234567890123456780")]
    public async Task Given_an_account_that_this_module_does_not_serve_When_its_page_is_opened_Then_there_is_none(string bot)
    {
        var address = new Uri(_module.Origin, $"/setup/api/answers?bot={bot}");
        (await _module.Http.GetAsync(address)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await _module.Http.PutAsJsonAsync(address, new { greeting = "x", fallback = "x", rules = Array.Empty<object>() })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Given_another_sites_page_When_it_makes_a_browser_save_answers_Then_it_is_refused()
    {
        var request = new HttpRequestMessage(HttpMethod.Put, Answers) { Content = JsonContent.Create(new { greeting = "x" }) };
        request.Headers.Add("Sec-Fetch-Site", "cross-site");
        (await _module.Http.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Given_a_broken_configuration_When_started_Then_the_start_fails_and_names_every_key()
    {
        await using var broken = KeywordReplyApp.Build(["--Module:ApiBaseUrl=http://127.0.0.1:1/path"]);
        var failure = await Should.ThrowAsync<Microsoft.Extensions.Options.OptionsValidationException>(() => broken.StartAsync());
        foreach (var key in new[] { "Module:ChannelId", "Module:ChannelSecret", "Module:ApiBaseUrl", "Module:DataFile" })
            failure.Message.ShouldContain(key);
    }
}
