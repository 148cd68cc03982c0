using System.Net;
using Line;
using Microsoft.Extensions.DependencyInjection;
using Tenancy;

namespace ModuleGateway.Tests.Delivery;

public sealed class SecretRotationTests : IAsyncLifetime
{
    private const string NewSecret = "fedcba9876543210fedcba9876543210";
    private readonly GatewayHost _gateway = new();

    public Task InitializeAsync() => _gateway.InitializeAsync();

    public Task DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Given_a_new_secret_When_webhooks_are_sent_Then_the_old_one_signs_until_the_partner_says_otherwise_and_retries_by_the_one_then_valid()
    {
        var shop = await _gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        await RotateAsync(module);
        await shop.WriteAsync("alice", "under the old");
        (await SignerAsync(module)).ShouldBe("old");

        module.Module.Status = got => got.Attempt == 1 && got.Body.Contains("fails first") ? 500 : 200;
        await shop.WriteAsync("bob", "fails first");
        (await SignerAsync(module)).ShouldBe("old");
        await ChangeAsync(module, row => row.SignsWithPrevious = false);
        _gateway.Clock.Advance(TimeSpan.FromMinutes(1));
        (await SignerAsync(module)).ShouldBe("new");
        (await TokenAsync(module, module.Secret)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Given_a_partner_that_says_nothing_When_24_hours_are_over_Then_the_new_secret_signs_and_the_old_opens_nothing()
    {
        var shop = await _gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        await RotateAsync(module);
        (await TokenAsync(module, module.Secret)).ShouldBe(HttpStatusCode.OK);
        (await TokenAsync(module, NewSecret)).ShouldBe(HttpStatusCode.OK);

        await _gateway.AdvanceAsync(TimeSpan.FromHours(24) - TimeSpan.FromMinutes(5));
        (await TokenAsync(module, module.Secret)).ShouldBe(HttpStatusCode.OK);
        await shop.WriteAsync("alice", "just before");
        (await SignerAsync(module)).ShouldBe("old");

        await _gateway.AdvanceAsync(TimeSpan.FromMinutes(6));
        (await TokenAsync(module, module.Secret)).ShouldBe(HttpStatusCode.BadRequest);
        (await TokenAsync(module, NewSecret)).ShouldBe(HttpStatusCode.OK);
        await shop.WriteAsync("alice", "just after");
        (await SignerAsync(module)).ShouldBe("new");
    }

    [Fact]
    public async Task Given_a_restart_in_the_middle_When_webhooks_are_sent_Then_the_same_secret_signs_as_before()
    {
        var shop = await _gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        await RotateAsync(module);
        await _gateway.StopAsync();
        await _gateway.StartAsync();
        await shop.WriteAsync("alice", "hello");
        (await SignerAsync(module)).ShouldBe("old");
        (await TokenAsync(module, NewSecret)).ShouldBe(HttpStatusCode.OK);
    }

    private Task RotateAsync(LinkedDouble module) => ChangeAsync(module, row =>
        row.TryRotateSecret(_gateway.Services.GetRequiredService<SecretProtector>().Protect(NewSecret), _gateway.Clock.GetUtcNow()).ShouldBeTrue());

    private Task ChangeAsync(LinkedDouble module, Action<Module> change) => _gateway.WithRegistryAsync(db => change(db.Modules.Single(row => row.ChannelId == module.Channel)));

    private async Task<HttpStatusCode> TokenAsync(LinkedDouble module, string secret)
    {
        using var answer = await _gateway.Http.PostAsync("/oauth2/v3/token", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials", ["client_id"] = module.Channel.ToString(), ["client_secret"] = secret,
        }));
        return answer.StatusCode;
    }

    /// <summary>Whose secret signed the next message.</summary>
    private static async Task<string> SignerAsync(LinkedDouble module)
    {
        Got got;
        do
        {
            got = await module.Module.NextOfAnyKindAsync();
        }
        while (got.Events.All(one => (string?)one["type"] != "message"));
        var signature = got.Headers[LineSignature.HeaderName.ToLowerInvariant()];
        return got.SignatureIsValid ? "old" : new LineSignature(NewSecret).IsValid(System.Text.Encoding.UTF8.GetBytes(got.Body), signature) ? "new" : "nobody";
    }
}
