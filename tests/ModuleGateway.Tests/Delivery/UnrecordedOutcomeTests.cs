using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Logging.Abstractions;
using ModuleGateway.Delivery;
using ModuleGateway.Journal;
using ModuleGateway.Security;
using ModuleGateway.Store;
using ModuleGateway.Store.Sqlite;
using Tenancy;

namespace ModuleGateway.Tests.Delivery;

/// <summary>The module has answered and the store cannot keep what it said.</summary>
public sealed class UnrecordedOutcomeTests : IAsyncLifetime
{
    private readonly GatewayHost _gateway = new() { Differs = Unsteady };

    private UnsteadyStore Store => (UnsteadyStore)_gateway.Services.GetRequiredService<IGatewayStore>();

    public Task InitializeAsync() => _gateway.InitializeAsync();

    public Task DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Given_a_full_disk_When_a_module_has_taken_an_event_Then_the_outcome_is_recorded_later_and_nothing_is_sent_twice()
    {
        var shop = await _gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        module.Module.Status = got => Fill(got, 200);
        await shop.WriteAsync("alice", "first");
        await module.Module.NextAsync();
        await Store.RefusedAsync();

        Store.IsFull = false;
        _gateway.Clock.Advance(TimeSpan.FromSeconds(1.1));
        await shop.WriteAsync("alice", "second");
        ((string?)(await module.Module.NextAsync()).Events[0]["message"]!["text"]).ShouldBe("second");
        await RestAsync();
        ((long)(await _gateway.ManageAsync($"/management/accounts/{shop.Bot}"))["linkages"]![0]!["owed"]!).ShouldBe(0);
        module.Module.All.Count(got => got.Body.Contains("\"first\"")).ShouldBe(1);
    }

    [Fact]
    public async Task Given_a_full_disk_When_an_attempt_has_failed_Then_the_next_one_says_that_it_is_the_second()
    {
        var shop = await _gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        module.Module.Status = got => got.Attempt == 1 ? Fill(got, 500) : 200;
        await shop.WriteAsync("alice", "first");
        (await module.Module.NextAsync()).Attempt.ShouldBe(1);
        await Store.RefusedAsync();

        Store.IsFull = false;
        module.Module.Status = _ => 200;
        _gateway.Clock.Advance(TimeSpan.FromSeconds(10)); // The record, then the attempt: both are due.
        var second = module.Module.NextAsync();
        await RestAsync();
        var got = await second;
        got.Attempt.ShouldBe(2);
        got.Events[0]["deliveryContext"]!["isRedelivery"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Fact]
    public async Task Given_a_full_disk_When_the_gateway_stops_before_it_recorded_an_outcome_Then_the_event_comes_again_marked_as_redelivery()
    {
        var shop = await _gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        module.Module.Status = got => Fill(got, 200);
        await shop.WriteAsync("alice", "first");
        (await module.Module.NextAsync()).Events[0]["deliveryContext"]!["isRedelivery"]!.GetValue<bool>().ShouldBeFalse();
        await Store.RefusedAsync();
        await _gateway.StopAsync();

        module.Module.Status = _ => 200;
        await _gateway.StartAsync();
        var again = await module.Module.NextAsync();
        ((string?)again.Events[0]["message"]!["text"]).ShouldBe("first");
        again.Events[0]["deliveryContext"]!["isRedelivery"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Fact]
    public async Task Given_a_lane_at_work_When_the_gateway_stops_Then_its_work_has_ended_before_another_may_deliver()
    {
        var shop = await _gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        module.Module.Status = _ => 500;
        await shop.WriteAsync("alice", "owed");
        await module.Module.NextAsync();
        var engine = _gateway.Services.GetRequiredService<DeliveryEngine>();
        engine.RestingAsync().IsCompleted.ShouldBeFalse();
        bool? hadEnded = null;
        Store.GivingUp = () => hadEnded = engine.RestingAsync().IsCompleted;
        await _gateway.Services.GetRequiredService<SteadyWorker<DeliveryEngine>>().StopAsync(CancellationToken.None);
        hadEnded.ShouldBe(true);
    }

    [Fact]
    public async Task Given_an_outcome_of_a_term_that_ended_When_the_next_term_has_one_too_Then_that_one_is_recorded_however_often_it_takes()
    {
        var writer = _gateway.Services.GetRequiredService<OutcomeWriter>();
        Store.IsFull = true;
        var ended = writer.WriteAsync([new AttemptEnd(1, default, default, null)], new CancellationToken(canceled: true));
        var running = writer.WriteAsync([], CancellationToken.None);
        await Should.ThrowAsync<OperationCanceledException>(() => ended.WaitAsync(TimeSpan.FromSeconds(20)));
        running.IsCompleted.ShouldBeFalse();
        Store.IsFull = false;
        _gateway.Clock.Advance(TimeSpan.FromSeconds(1.1));
        await running.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Given_outcomes_that_are_written_together_When_the_answer_of_one_cannot_be_sealed_Then_all_outcomes_are_recorded_and_that_one_without_its_answer()
    {
        var shop = await _gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        await _gateway.AdvanceAsync(TimeSpan.Zero);
        var ids = await Store.WriteAsync(tx =>
        {
            tx.Control.Account(shop.Bot);
            return Enumerable.Range(0, 2).Select(_ =>
            {
                tx.Deliveries.Add(new NewDelivery(1, module.Linkage, null, Guid.NewGuid(), true, 0) { Replay = 77 });
                return tx.Deliveries.LastId();
            }).ToList();
        });
        var writer = new OutcomeWriter(Store, new Vault(new MasterKeys(Store, _gateway.Services.GetRequiredService<SecretProtector>(), new StoreClock(_gateway.Clock))), new StoreClock(_gateway.Clock), NullLogger<OutcomeWriter>.Instance); // Keys that nobody has read: nothing can be sealed.
        var written = writer.WriteAsync(
            [
                new AttemptEnd(ids[0], new Attempt(500, "error_status_code", 1) { AnswerStart = "no" }, DeliveryState.Dead, null) { Bot = shop.Bot },
                new AttemptEnd(ids[1], new Attempt(500, "error_status_code", 1), DeliveryState.Dead, null),
            ],
            CancellationToken.None);
        await writer.FlushAsync();
        await written.WaitAsync(TimeSpan.FromSeconds(20));
        var rows = await Store.ReadAsync(tx => ids.ConvertAll(id => tx.History.Delivery(id)!));
        rows.ShouldAllBe(row => row.State == DeliveryState.Dead && row.LastStatus == 500 && row.LastSealedAnswer == null);
    }

    [Fact]
    public async Task Given_a_look_everywhere_that_takes_its_time_When_it_is_asked_for_a_hundred_times_meanwhile_Then_one_more_look_serves_them_all()
    {
        var engine = _gateway.Services.GetRequiredService<DeliveryEngine>();
        var shop = await _gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        await shop.WriteAsync("alice", "first");
        await module.Module.NextAsync("message"); // It delivers.
        await RestAsync();
        var (reads, goOn) = (0, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        Store.Reading = () =>
        {
            Interlocked.Increment(ref reads);
            return goOn.Task;
        };
        for (var i = 0; i < 100; i++)
            Store.OnOwedAnywhere!();
        reads.ShouldBeLessThan(50); // One of them, and what other workers read.
        goOn.SetResult();
        await engine.QuietAsync().WaitAsync(TimeSpan.FromSeconds(20));
        reads.ShouldBeLessThan(50);
    }

    private static void Unsteady(WebApplicationBuilder builder) => builder.Services.AddSingleton<IGatewayStore>(
        provider => new UnsteadyStore(GatewayApp.OpenStore(provider)));

    private int Fill(Got got, int status)
    {
        if (got.Body.Contains("\"first\""))
            Store.IsFull = true;
        return status;
    }

    private Task RestAsync() => _gateway.Services.GetRequiredService<DeliveryEngine>().RestingAsync().WaitAsync(TimeSpan.FromSeconds(20));
}
