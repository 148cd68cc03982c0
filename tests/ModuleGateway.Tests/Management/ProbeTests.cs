using System.Net;
using System.Text.Json.Nodes;

namespace ModuleGateway.Tests.Management;

/// <summary>The portal has a module's webhook tried before a listing is submitted, and every night.</summary>
public sealed class ProbeTests(GatewayHost gateway) : IClassFixture<GatewayHost>
{
    [Fact]
    public async Task Given_a_webhook_that_looks_at_signatures_When_it_is_probed_Then_it_takes_the_genuine_request_and_refuses_the_forged_one()
    {
        var module = await (await gateway.NewShopAsync()).LinkAsync();
        await using var published = await ModuleDouble.StartAsync(module.Secret);
        published.Status = got => got.SignatureIsValid ? 200 : 401;

        var told = await ProbeAsync(module, published.Url);

        ((int)told["genuine"]!).ShouldBe(200);
        ((int)told["forged"]!).ShouldBe(401);
        published.All.Count.ShouldBe(2);
        published.All.ShouldAllBe(got => got.Events.Count == 0);
        published.All.Count(got => got.SignatureIsValid).ShouldBe(1);
        module.Module.All.ShouldNotContain(got => got.Events.Count == 0, "Only the URL that was named is tried.");
    }

    [Fact]
    public async Task Given_a_webhook_that_takes_whatever_comes_When_it_is_probed_Then_the_forged_request_is_seen_to_pass()
    {
        var module = await (await gateway.NewShopAsync()).LinkAsync();
        await using var published = await ModuleDouble.StartAsync(module.Secret);
        ((int)(await ProbeAsync(module, published.Url))["forged"]!).ShouldBe(200);
    }

    [Theory]
    [InlineData("http://127.0.0.1:1/nobody-listens")]
    [InlineData("ftp://module.example/webhook")]
    [InlineData("https://user:secret@module.example/webhook")]
    [InlineData("no address")]
    public async Task Given_a_webhook_that_cannot_be_called_When_it_is_probed_Then_there_is_no_answer_and_a_sentence_says_why(string url)
    {
        var module = await (await gateway.NewShopAsync()).LinkAsync();
        var told = await ProbeAsync(module, url);
        ((int)told["genuine"]!).ShouldBe(0);
        ((string?)told["detail"]).ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task Given_a_module_that_nobody_has_When_it_is_probed_Then_404() =>
        (await gateway.RefusedAsync(HttpMethod.Post, $"/management/modules/{Guid.NewGuid()}/probe", new { url = "https://module.example/" })).Status.ShouldBe(HttpStatusCode.NotFound);

    private async Task<JsonNode> ProbeAsync(LinkedDouble module, string url)
    {
        var id = default(Tenancy.ModuleId);
        await gateway.WithRegistryAsync(db => id = db.Modules.Single(row => row.ChannelId == module.Channel).Id);
        return (await gateway.ManageAsync(HttpMethod.Post, $"/management/modules/{id}/probe", new { url }))!;
    }
}
