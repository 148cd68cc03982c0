using System.Net;
using System.Net.Http.Json;
using Line;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using ModuleGateway.Linkages;
using ModuleGateway.Metering;
using ModuleGateway.Store;
using Tenancy;

namespace ModuleGateway.Tests.Metering;

public sealed class AcceptedSendsTests : IAsyncLifetime
{
    private static readonly TimeSpan Max = TimeSpan.FromSeconds(20);

    private readonly GatewayHost _gateway = new()
    {
        Differs = builder => builder.Services.AddSingleton<IGatewayStore>(provider => new UnsteadyStore(GatewayApp.OpenStore(provider))),
    };

    private UnsteadyStore Store => (UnsteadyStore)_gateway.Services.GetRequiredService<IGatewayStore>();

    public Task InitializeAsync() => _gateway.InitializeAsync();

    public Task DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Given_sends_of_two_accounts_that_LINE_accepted_When_a_moment_has_passed_Then_all_are_counted_though_nobody_asked()
    {
        await using var sends = new AcceptedSends(Store, new StoreClock(_gateway.Clock), NullLogger<AcceptedSends>.Instance);
        var (one, other) = (await _gateway.NewShopAsync(), await _gateway.NewShopAsync());
        var linkage = LinkageId.New();
        OpenSend[] open = [Open(one.Bot, linkage, 2), Open(other.Bot, linkage, 3), Open(one.Bot, linkage, 4)];
        await Store.WriteAsync(tx =>
        {
            foreach (var send in open)
                tx.Meter.Put(send);
            return true;
        });
        var counted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Store.Written = async () =>
        {
            if (await RecipientsAsync(linkage) == 9)
                counted.TrySetResult();
        };

        await sends.StartAsync(CancellationToken.None);
        foreach (var send in open)
            sends.TryAdd(new AcceptedSend(send.Id, send.Bot, "request")).ShouldBeTrue();

        await counted.Task.WaitAsync(Max);
        (await Store.ReadAsync(tx => tx.Meter.OpenRecipients(linkage, DateTimeOffset.UnixEpoch))).ShouldBe(0);
    }

    [Fact]
    public async Task Given_a_store_that_takes_nothing_When_it_takes_again_Then_what_waited_is_counted_once()
    {
        await using var sends = new AcceptedSends(Store, new StoreClock(_gateway.Clock), NullLogger<AcceptedSends>.Instance);
        var send = Open((await _gateway.NewShopAsync()).Bot, LinkageId.New(), 2);
        await Store.WriteAsync(tx =>
        {
            tx.Meter.Put(send);
            return true;
        });
        sends.TryAdd(new AcceptedSend(send.Id, send.Bot, "request"));
        Store.IsFull = true;
        (await sends.WriteAsync(CancellationToken.None)).ShouldBeFalse();
        Store.IsFull = false;

        (await sends.WriteAsync(CancellationToken.None)).ShouldBeTrue();
        (await RecipientsAsync(send.Linkage)).ShouldBe(2);
        sends.TryAdd(new AcceptedSend(send.Id, send.Bot, "request")); // As where only the store's last word was lost.
        (await sends.WriteAsync(CancellationToken.None)).ShouldBeTrue();
        (await RecipientsAsync(send.Linkage)).ShouldBe(2);
    }

    [Fact]
    public async Task Given_a_push_to_a_group_whose_members_LINE_is_being_asked_for_When_it_is_said_once_more_that_LINE_took_it_Then_nothing_of_the_question_changes()
    {
        await using var sends = new AcceptedSends(Store, new StoreClock(_gateway.Clock), NullLogger<AcceptedSends>.Instance);
        var bot = (await _gateway.NewShopAsync()).Bot;
        var asked = Open(bot, LinkageId.New(), 0) with
        {
            Reach = Reach.Members, Chat = new ChatKey(bot, IdKind.Group, 7), RequestId = "request", DueAt = _gateway.Clock.GetUtcNow().AddHours(3), Attempts = 5,
        };
        await Store.WriteAsync(tx =>
        {
            tx.Meter.Put(asked);
            return true;
        });
        var before = await Store.ReadAsync(tx => tx.Meter.Find(asked.Id));

        sends.TryAdd(new AcceptedSend(asked.Id, bot, "request")).ShouldBeTrue(); // As where only the store's last word was lost.
        (await sends.WriteAsync(CancellationToken.None)).ShouldBeTrue();
        (await Store.ReadAsync(tx => tx.Meter.Find(asked.Id))).ShouldBe(before);
    }

    [Fact]
    public async Task Given_more_sends_than_may_wait_When_one_more_is_accepted_Then_its_call_writes_it_itself()
    {
        await using var sends = new AcceptedSends(Store, new StoreClock(_gateway.Clock), NullLogger<AcceptedSends>.Instance);
        var bot = (await _gateway.NewShopAsync()).Bot;
        for (var i = 0; i < 8192; i++)
            sends.TryAdd(new AcceptedSend(Guid.NewGuid(), bot, "request")).ShouldBeTrue();
        sends.TryAdd(new AcceptedSend(Guid.NewGuid(), bot, "request")).ShouldBeFalse();
        (await sends.WriteAsync(CancellationToken.None)).ShouldBeTrue();
        sends.TryAdd(new AcceptedSend(Guid.NewGuid(), bot, "request")).ShouldBeTrue();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Given_a_store_that_takes_nothing_more_When_LINE_has_accepted_a_push_Then_the_module_gets_LINEs_answer_and_is_not_made_to_send_twice(bool hasKey)
    {
        var shop = await _gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        await shop.WriteAsync("alice", "hello");
        var alice = (string)(await module.Module.NextAsync("message"))["source"]!["userId"]!;
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v2/bot/message/push") { Content = JsonContent.Create(new { to = alice, messages = new[] { new { type = "text", text = "hello" } } }) };
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {await module.TokenAsync()}");
        request.Headers.TryAddWithoutValidation("X-Line-Bot-Id", shop.Bot.ToString());
        if (hasKey)
            request.Headers.TryAddWithoutValidation("X-Line-Retry-Key", Guid.NewGuid().ToString());
        _gateway.Line.AnswerLater = call =>
        {
            Store.IsFull |= call.Path == "/v2/bot/message/push";
            return Task.CompletedTask;
        };

        using var answer = await _gateway.Http.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Headers.GetValues("x-line-request-id").Single().ShouldBe(_gateway.Line.Calls.Single(call => call.Path == "/v2/bot/message/push").RequestId);

        Store.IsFull = false;
        (await _gateway.Services.GetRequiredService<AcceptedSends>().WriteAsync(CancellationToken.None)).ShouldBeTrue();
        (await RecipientsAsync(module.Linkage)).ShouldBe(hasKey ? 0 : 1); // With a key it stays open: its repeat, LINE's 409, or the next day tells.
    }

    private OpenSend Open(BotId bot, LinkageId linkage, int named) => new(Guid.NewGuid(), linkage, bot, _gateway.Clock.GetUtcNow(), Reach.Named, named, null);

    private Task<long> RecipientsAsync(LinkageId linkage) =>
        Store.ReadAsync(tx => tx.Meter.Days(linkage, new DateOnly(2000, 1, 1), new DateOnly(2100, 1, 1)).Sum(day => day.Recipients));
}
