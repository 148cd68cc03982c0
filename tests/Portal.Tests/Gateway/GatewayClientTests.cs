using System.Net.Http.Headers;
using Line;
using Portal.Gateway;

namespace Portal.Tests.Gateway;

public sealed class GatewayClientTests : IAsyncLifetime
{
    private static readonly BotId Salon = BotId.Parse("U00000000000000000000000000000a01", null);
    private FakeGateway _gateway = null!;

    public async Task InitializeAsync() => _gateway = await FakeGateway.StartAsync();

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    [Fact]
    public async Task Given_an_attach_request_When_it_is_started_Then_the_gateway_gets_it_whole_and_names_the_address_at_LINE()
    {
        var id = Guid.CreateVersion7();

        var address = await Client().StartAttachAsync(new(id, ["message:send"], "@salon", "TW", new Uri("http://127.0.0.1:5080/orders/return")), default);

        address.Host.ShouldBe("line.test");
        var sent = _gateway.AttachBodies.ShouldHaveSingleItem();
        sent["id"]!.GetValue<Guid>().ShouldBe(id);
        sent["scopes"]![0]!.GetValue<string>().ShouldBe("message:send");
        sent["basicSearchId"]!.GetValue<string>().ShouldBe("@salon");
        sent["region"]!.GetValue<string>().ShouldBe("TW");
        sent["returnUrl"]!.GetValue<string>().ShouldBe("http://127.0.0.1:5080/orders/return");
    }

    [Fact]
    public async Task Given_an_attached_request_When_it_is_asked_for_Then_bot_and_scopes_are_read()
    {
        var id = await StartedAsync();
        _gateway.Attach(id, Salon, "青嵐髮廊", "@salon", "message:send", "profile:read");

        var outcome = await Client().FindAttachAsync(id, null, default);

        outcome.ShouldNotBeNull().State.ShouldBe(AttachState.Attached);
        outcome.BotId.ShouldBe(Salon);
        outcome.DisplayName.ShouldBe("青嵐髮廊");
        outcome.Scopes.ShouldBe(["message:send", "profile:read"]);
    }

    [Fact]
    public async Task Given_an_unknown_request_When_it_is_asked_for_Then_there_is_none() =>
        (await Client().FindAttachAsync(Guid.NewGuid(), null, default)).ShouldBeNull();

    [Fact]
    public async Task Given_a_standing_account_When_it_is_asked_for_Then_health_and_holders_are_read()
    {
        var linkage = Guid.CreateVersion7();
        _gateway.Stands(Salon, $$"""
            {"botId":"{{Salon}}","epoch":7,"defaultLinkageId":"{{linkage}}",
             "linkages":[{"linkageId":"{{linkage}}","state":"on","messagesToday":12,"owed":3,"lastDelivery":{"at":"2026-03-01T01:02:03Z","status":503,"outcome":"refused"} }],
             "openByHolder":[{"holderLinkageId":null,"chats":1,"endingSoon":0}],
             "openChats":[{"handle":"h","kind":"user","holderLinkageId":null,"isPrimary":true,"since":null,"expiresAt":null,"epoch":4}]}
            """);

        var standing = await Client().FindAccountAsync(Salon, default);

        var module = standing.ShouldNotBeNull().Linkages.ShouldHaveSingleItem();
        module.MessagesToday.ShouldBe(12);
        module.Owed.ShouldBe(3);
        module.LastDelivery.ShouldNotBeNull().Succeeded.ShouldBeFalse();
        standing.OpenChats.ShouldHaveSingleItem().HolderLinkageId.ShouldBeNull();
        standing.OpenByHolder.ShouldHaveSingleItem().ShouldBe(new OpenCount(null, 1, 0));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(401)]
    public async Task Given_a_gateway_that_fails_When_anything_is_asked_Then_it_is_unavailable_and_the_status_is_named(int status)
    {
        _gateway.Failing = status;

        var failure = await Should.ThrowAsync<GatewayUnavailableException>(() => Client().AppliedRevisionAsync(default));

        failure.Message.ShouldContain(status.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Given_no_gateway_at_all_When_anything_is_asked_Then_it_is_unavailable()
    {
        var client = Client();
        await _gateway.DisposeAsync();

        await Should.ThrowAsync<GatewayUnavailableException>(() => client.NudgeAsync(default));
    }

    private async Task<Guid> StartedAsync()
    {
        var id = Guid.CreateVersion7();
        await Client().StartAttachAsync(new(id, Scopes(), null, null, new Uri("http://127.0.0.1/return")), default);
        return id;
    }

    private static string[] Scopes() => ["message:send", "profile:read"];

    private GatewayClient Client()
    {
        var http = new HttpClient { BaseAddress = new Uri(_gateway.BaseUrl + "/"), Timeout = TimeSpan.FromSeconds(5) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", FakeGateway.Key);
        return new GatewayClient(http);
    }
}
