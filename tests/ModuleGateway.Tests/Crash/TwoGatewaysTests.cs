using System.Net;
using System.Text.Json.Nodes;

namespace ModuleGateway.Tests.Crash;

/// <summary>Two gateways on one PostgreSQL: one in this process, one in a process of its own that can be killed and frozen.</summary>
public sealed class TwoGatewaysTests : IAsyncLifetime
{
    /// <summary>What the server allows a silent holder, and a little for a machine that is busy.</summary>
    private static readonly TimeSpan TakeOverMax = TimeSpan.FromSeconds(20);

    private GatewayHost _gateway = null!;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_gateway is not null)
            await _gateway.DisposeAsync();
    }

    [Theory, On(Database.PostgreSql)]
    public async Task Given_two_gateways_When_events_come_in_at_both_Then_the_module_gets_each_once_and_may_answer_at_either(Database database)
    {
        var (shop, module) = await StartAsync(database);
        using var other = await StartOtherAsync();
        for (var i = 0; i < 20; i++)
        {
            if (i % 2 == 0)
                await shop.WriteAsync("alice", $"event {i}");
            else
                (await other.PostAsync(shop, "alice", $"event {i}")).ShouldBe(HttpStatusCode.OK);
            var got = await module.Module.NextAsync("message");
            ((string?)got["message"]!["text"]).ShouldBe($"event {i}");
            module.Door = i % 3 == 0 ? null : other.Http;
            (await module.ReplyAsync((string)got["replyToken"]!, "hello")).Status.ShouldBe(HttpStatusCode.OK);
            module.Door = i % 3 == 0 ? other.Http : null;
            (await module.ReplyAsync((string)got["replyToken"]!, "again")).Status.ShouldBe(HttpStatusCode.BadRequest);
        }

        module.Module.All.SelectMany(got => got.Events).Count(one => (string?)one["type"] == "message").ShouldBe(20);
    }

    [Theory, On(Database.PostgreSql)]
    public async Task Given_two_gateways_When_two_modules_acquire_a_chat_at_the_same_moment_at_each_Then_one_has_it(Database database)
    {
        var (shop, first) = await StartAsync(database);
        var second = await shop.LinkAsync();
        using var other = await StartOtherAsync();
        second.Door = other.Http;
        await Task.WhenAll(first.TokenAsync(), second.TokenAsync());
        for (var i = 0; i < 25; i++)
        {
            await shop.WriteAsync($"customer {i}", "hello");
            var atFirst = (string)(await first.Module.NextAsync("message"))["source"]!["userId"]!;
            var atSecond = (string)(await second.Module.NextAsync("message"))["source"]!["userId"]!;
            var answers = await Task.WhenAll(first.AcquireAsync(atFirst), second.AcquireAsync(atSecond));
            answers.Select(answer => answer.Status).Order().ShouldBe([HttpStatusCode.OK, HttpStatusCode.Locked]);

            var pushes = await Task.WhenAll(first.PushAsync(atFirst, "mine"), second.PushAsync(atSecond, "mine"));
            pushes[0].Status.ShouldBe(answers[0].Status == HttpStatusCode.OK ? HttpStatusCode.OK : HttpStatusCode.Forbidden);
            pushes[1].Status.ShouldBe(answers[1].Status == HttpStatusCode.OK ? HttpStatusCode.OK : HttpStatusCode.Forbidden);
        }
    }

    [Theory, On(Database.PostgreSql)]
    public async Task Given_the_gateway_that_delivers_When_it_is_killed_Then_the_other_goes_on_and_nothing_is_lost(Database database)
    {
        var (shop, module) = await StartAsync(database);
        using var deliverer = await BeInLineAsync();
        module.Module.Status = _ => 500;
        await shop.WriteAsync("alice", "owed");
        var tried = await module.Module.NextAsync("message");
        IsRedelivery(tried).ShouldBeFalse();
        module.Module.Status = _ => 200;
        deliverer.Kill();
        await shop.WriteAsync("bob", "new");
        var arrived = new List<(string Text, bool IsRedelivery)>();
        while (arrived.Count < 2)
        {
            var got = await module.Module.NextAsync("message").WaitAsync(TakeOverMax);
            arrived.Add(((string)got["message"]!["text"]!, IsRedelivery(got)));
        }

        arrived.ShouldContain(("owed", true));
        arrived.Select(one => one.Text).ShouldBe(["owed", "new"], ignoreOrder: true);
    }

    [Theory, On(Database.PostgreSql)]
    public async Task Given_the_gateway_that_delivers_When_it_freezes_Then_the_other_takes_over_and_the_one_that_wakes_up_delivers_nothing(Database database)
    {
        var (shop, module) = await StartAsync(database);
        using var deliverer = await BeInLineAsync();
        await shop.WriteAsync("alice", "before");
        await module.Module.NextAsync("message");
        deliverer.Freeze();
        await shop.WriteAsync("alice", "while it is frozen");
        await ArrivesAsync(module, "while it is frozen");
        deliverer.Thaw();
        for (var i = 0; i < 20; i++)
        {
            await shop.WriteAsync("alice", $"after {i}");
            await ArrivesAsync(module, $"after {i}");
        }

        (await deliverer.PostAsync(shop, "alice", "it still takes events")).ShouldBe(HttpStatusCode.OK);
        await ArrivesAsync(module, "it still takes events");

        // What it had sent and not recorded came once more, and said so; what it had in its hands when it woke up it kept to itself.
        var copies = module.Module.All.SelectMany(got => got.Events).Where(one => (string?)one["type"] == "message").ToList();
        copies.Where(one => !IsRedelivery(one)).Select(Text).ShouldBeUnique();
        copies.Where(IsRedelivery).ShouldAllBe(one => Text(one) == "before" || Text(one) == "while it is frozen");
    }

    [Theory, On(Database.PostgreSql)]
    public async Task Given_a_gateway_that_freezes_while_it_stands_in_line_When_the_one_that_delivers_ends_Then_another_delivers(Database database)
    {
        var (shop, module) = await StartAsync(database);
        using var frozen = await StartOtherAsync();
        frozen.Freeze();
        await _gateway.StopAsync();
        await _gateway.StartAsync();
        await shop.WriteAsync("alice", "hello");
        await ArrivesAsync(module, "hello");
    }

    /// <summary>The next one that is no second copy.</summary>
    private static async Task ArrivesAsync(LinkedDouble module, string text)
    {
        var got = await module.Module.NextAsync("message").WaitAsync(TakeOverMax);
        while (IsRedelivery(got) && Text(got) != text)
            got = await module.Module.NextAsync("message").WaitAsync(TakeOverMax);
        Text(got).ShouldBe(text);
    }

    private static string Text(JsonObject one) => (string)one["message"]!["text"]!;

    private static bool IsRedelivery(JsonObject one) => one["deliveryContext"]!["isRedelivery"]!.GetValue<bool>();

    private async Task<(Shop Shop, LinkedDouble Module)> StartAsync(Database database)
    {
        _gateway = new GatewayHost { Store = database };
        await _gateway.InitializeAsync();
        var shop = await _gateway.NewShopAsync();
        return (shop, await shop.LinkAsync(answersFirst: true));
    }

    private Task<GatewayProcess> StartOtherAsync() => GatewayProcess.StartAsync(_gateway.Settings());

    /// <summary>Makes the other gateway the one that delivers, and this one the next in line.</summary>
    private async Task<GatewayProcess> BeInLineAsync()
    {
        var other = await StartOtherAsync();
        await _gateway.StandInLineAsync();
        return other;
    }
}
