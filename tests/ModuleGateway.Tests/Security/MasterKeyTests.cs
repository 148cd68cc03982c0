using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Line;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using ModuleGateway.Control;
using ModuleGateway.Journal;
using ModuleGateway.Security;
using ModuleGateway.Store;
using ModuleGateway.Store.Sqlite;
using Tenancy;

namespace ModuleGateway.Tests.Security;

/// <summary>Each test turns keys, so each has a gateway of its own.</summary>
public sealed class MasterKeyTests : IAsyncLifetime
{
    private static readonly TimeSpan OverAMinute = TimeSpan.FromSeconds(61);
    private readonly GatewayHost _gateway = new();

    public Task InitializeAsync() => _gateway.InitializeAsync();

    public Task DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Given_a_rotation_When_a_minute_has_passed_Then_new_things_bear_the_new_version_and_not_a_moment_earlier()
    {
        var keys = _gateway.Services.GetRequiredService<MasterKeys>();
        var before = _gateway.Clock.GetUtcNow();
        var made = await RotateAsync();
        ((int?)made["version"]).ShouldBe(2);
        made["currentFrom"]!.GetValue<DateTimeOffset>().ShouldBeInRange(before.AddSeconds(59.9), _gateway.Clock.GetUtcNow().AddSeconds(60));
        ((int?)(await RotateAsync())["version"]).ShouldBe(2); // The one that waits for its minute is the new one.

        _gateway.Clock.Advance(TimeSpan.FromSeconds(55));
        keys.CurrentVersion.ShouldBe((byte)1);
        _gateway.Clock.Advance(TimeSpan.FromSeconds(6));
        keys.CurrentVersion.ShouldBe((byte)2);
        Sealer.VersionOf(Vault.Salts.Seal("a salt"u8)).ShouldBe((byte)2);
        ((int?)(await RotateAsync())["version"]).ShouldBe(3);
    }

    [Fact]
    public async Task Given_what_older_versions_sealed_When_keys_were_turned_and_the_gateway_started_again_Then_all_of_it_opens_and_ids_are_the_same()
    {
        var shop = await _gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        await shop.WriteAsync("alice", "before");
        var before = await module.Module.NextAsync("message");
        var alice = (string)before["source"]!["userId"]!;
        var token = await module.TokenAsync();

        await RotateAsync();
        await _gateway.AdvanceAsync(TimeSpan.FromSeconds(30));
        await shop.WriteAsync("alice", "in between");
        var reply = (string)(await module.Module.NextAsync("message"))["replyToken"]!;
        await _gateway.AdvanceAsync(TimeSpan.FromSeconds(31));
        await _gateway.StopAsync();
        await _gateway.StartAsync();

        (await module.ReplyAsync(reply, "with a token of the old key")).Status.ShouldBe(HttpStatusCode.OK);
        (await module.CallAsync(HttpMethod.Get, $"/v2/bot/profile/{alice}", token: token)).Status.ShouldBe(HttpStatusCode.OK);
        await shop.WriteAsync("alice", "after");
        ((string?)(await module.Module.NextAsync("message"))["source"]!["userId"]).ShouldBe(alice);
        var second = await shop.LinkAsync();
        (await VersionOfIdsAsync(module)).ShouldBe((byte)1);
        (await VersionOfIdsAsync(second)).ShouldBe((byte)2);
        await shop.WriteAsync("alice", "to both");
        var seen = (string)(await second.Module.NextAsync("message"))["source"]!["userId"]!;
        (await second.CallAsync(HttpMethod.Get, $"/v2/bot/profile/{seen}")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Given_a_delivery_that_failed_When_it_is_tried_again_after_a_rotation_Then_it_bears_the_same_reply_token()
    {
        var shop = await _gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        await RotateAsync();
        _gateway.Clock.Advance(TimeSpan.FromSeconds(58));
        module.Module.Status = got => got.Attempt == 1 ? 500 : 200;
        await shop.WriteAsync("alice", "hello");
        var first = (string)(await module.Module.NextAsync("message"))["replyToken"]!;
        var second = module.Module.NextAsync("message");
        while (!second.IsCompleted)
        {
            await _gateway.RouteAsync(); // Behind the outcome's writing, whenever that is: then the next try waits for its time.
            _gateway.Clock.Advance(TimeSpan.FromSeconds(5));
        }

        _gateway.Services.GetRequiredService<MasterKeys>().CurrentVersion.ShouldBe((byte)2);
        ((string?)(await second)["replyToken"]).ShouldBe(first);
    }

    [Fact]
    public async Task Given_a_key_that_another_process_made_When_something_sealed_with_it_arrives_Then_it_is_refused_as_not_yet_known_and_opens_once_the_reader_has_looked()
    {
        var store = new WatchedStore(_gateway.Services.GetRequiredService<IGatewayStore>());
        var clock = _gateway.Services.GetRequiredService<StoreClock>();
        var other = new MasterKeys(store, _gateway.Services.GetRequiredService<SecretProtector>(), clock);
        await other.OpenAsync(CancellationToken.None);
        await RotateAsync();
        _gateway.Clock.Advance(OverAMinute);
        var sealedNew = Vault.Salts.Seal("a salt"u8);
        var others = new Vault(other).Salts;
        others.Open(sealedNew).ShouldBeNull();
        Should.Throw<StoreUnavailableException>(() => others.OpenStored(sealedNew, "A salt"));

        using var reader = new MasterKeyReader(other, clock, NullLogger<MasterKeyReader>.Instance);
        await reader.StartAsync(CancellationToken.None);
        await store.ReadsAsync(2); // One at the start of the process, one because of the miss.
        other.Has(17).ShouldBeFalse(); // The next look begins when what the last one found is known.
        await store.ReadsAsync(3);
        others.Open(sealedNew).ShouldBe("a salt"u8.ToArray());
        await reader.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Given_a_key_that_another_process_made_When_a_quarter_of_its_minute_has_passed_Then_it_is_known_without_having_been_met()
    {
        var store = new WatchedStore(_gateway.Services.GetRequiredService<IGatewayStore>());
        var clock = new StoreClock(_gateway.Clock);
        var other = new MasterKeys(store, _gateway.Services.GetRequiredService<SecretProtector>(), clock);
        await other.OpenAsync(CancellationToken.None);
        using var reader = new MasterKeyReader(other, clock, NullLogger<MasterKeyReader>.Instance);
        await reader.StartAsync(CancellationToken.None);
        await RotateAsync();
        var looked = store.ReadsAsync(3); // At the start, and twice by the interval: then what the first of these found is known.
        while (!looked.IsCompleted)
        {
            await _gateway.RouteAsync();
            _gateway.Clock.Advance(TimeSpan.FromSeconds(5));
        }

        await looked;
        other.Has(2).ShouldBeTrue();
        await reader.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Given_an_event_whose_key_is_not_read_yet_When_it_is_routed_Then_it_waits_and_is_not_set_aside()
    {
        var shop = await _gateway.NewShopAsync();
        await _gateway.RouteAsync();
        var store = _gateway.Services.GetRequiredService<IGatewayStore>();
        var body = Vault.Bodies(shop.Bot).Seal(Encoding.UTF8.GetBytes(shop.Message("alice", "hello").ToJsonString()));
        body[0] = 9;
        var seq = await store.WriteAsync(tx => tx.Events.Append(new NewEvent(ChannelId.Parse(GatewayHost.ModuleChannelId, null), shop.Bot, "01X", "message", Guid.NewGuid(), tx.Now, body)));

        for (var i = 0; i < 3; i++)
            await Should.ThrowAsync<StoreUnavailableException>(_gateway.RouteAsync);
        (await store.ReadAsync(tx => tx.Events.Find(seq)!.State)).ShouldBe(EventState.Accepted);
    }

    [Fact]
    public async Task Given_255_versions_When_another_is_asked_for_Then_it_is_refused()
    {
        var folder = Directory.CreateTempSubdirectory("gateway-store");
        using (var store = new SqliteStore(new StoreOptions { Folder = folder.FullName }, new StoreClock(_gateway.Clock)))
        {
            await store.OpenAsync(CancellationToken.None);
            var protector = _gateway.Services.GetRequiredService<SecretProtector>();
            var key = protector.Protect(Convert.ToBase64String(new byte[32]));
            await store.WriteAsync(tx => Enumerable.Range(1, MasterKeys.VersionMax).All(version => tx.Keys.TryAdd(new MasterKeyRow(version, key, DateTimeOffset.UnixEpoch))));
            var keys = new MasterKeys(store, protector, new StoreClock(_gateway.Clock));
            await keys.OpenAsync(CancellationToken.None);
            (await keys.RotateAsync(CancellationToken.None)).ShouldBeNull();
            (await store.WriteAsync(tx => tx.Keys.TryAdd(new MasterKeyRow(7, key, DateTimeOffset.UnixEpoch)))).ShouldBeFalse();
        }

        folder.Delete(recursive: true);
    }

    private Vault Vault => _gateway.Services.GetRequiredService<Vault>();

    private async Task<JsonNode> RotateAsync() => (await _gateway.ManageAsync(HttpMethod.Post, "/management/master-keys"))!;

    private Task<byte?> VersionOfIdsAsync(LinkedDouble module) =>
        _gateway.Services.GetRequiredService<IGatewayStore>().ReadAsync(tx => tx.Control.Linkage(module.Linkage)?.KeyVersion);
}
