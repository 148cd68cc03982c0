using Line;
using Microsoft.Extensions.DependencyInjection;
using ModuleGateway.Journal;
using ModuleGateway.Linkages;
using ModuleGateway.Replays;
using ModuleGateway.Retention;
using ModuleGateway.Store;
using Tenancy;

namespace ModuleGateway.Tests.Retention;

public sealed class PrunerTests : IAsyncLifetime
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);
    private static readonly ChannelId Channel = ChannelId.Parse(GatewayHost.ModuleChannelId, null);

    private readonly GatewayHost _gateway = new() { Differs = builder => builder.Configuration["Retention:BatchMax"] = "3" };

    /// <summary>Where an event's second delivery is owed.</summary>
    private readonly Dictionary<long, Lane> _lanes = [];

    private IGatewayStore Store => _gateway.Services.GetRequiredService<IGatewayStore>();

    public Task InitializeAsync() => _gateway.InitializeAsync();

    public Task DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Given_events_of_many_days_When_those_of_age_are_let_go_Then_they_are_gone_with_their_deliveries_and_the_younger_ones_stay()
    {
        var old = await AppendAsync(10, DeliveryState.Delivered);
        _gateway.Clock.Advance(KeptFor);
        var young = await AppendAsync(10, DeliveryState.Delivered);
        _gateway.Clock.Advance(TimeSpan.FromMinutes(1));
        await SweepAsync();
        (await LeftAsync(old)).ShouldBeEmpty();
        (await LeftAsync(young)).ShouldBe(young);
        (await SweepAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Given_an_event_that_is_still_owed_to_one_module_When_it_comes_of_age_Then_it_stays_until_that_is_over()
    {
        var owed = await AppendAsync(4, DeliveryState.Owed);
        var done = await AppendAsync(4, DeliveryState.Delivered);
        _gateway.Clock.Advance(KeptFor + TimeSpan.FromDays(1));
        await SweepAsync();
        (await LeftAsync(owed)).ShouldBe(owed);
        (await LeftAsync(done)).ShouldBeEmpty();

        // Its last attempt is what its age is counted from now.
        await EndAsync(owed);
        await SweepAsync();
        (await LeftAsync(owed)).ShouldBe(owed);
        _gateway.Clock.Advance(KeptFor + TimeSpan.FromDays(1));
        await SweepAsync();
        (await LeftAsync(owed)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Given_an_event_that_is_not_routed_yet_When_it_comes_of_age_Then_it_stays()
    {
        // In one transaction: the router finds none of it.
        var (removed, isThere) = await Store.WriteAsync(tx =>
        {
            var at = tx.Now - KeptFor - KeptFor;
            var waiting = tx.Events.Append(Fresh(at));
            var unroutable = tx.Events.Append(Fresh(at) with { State = EventState.ForeignChannel });
            return (tx.Retention.RemoveEvents(waiting - 1, unroutable, tx.Now - KeptFor), tx.Events.Find(waiting) is not null);
        });
        (removed, isThere).ShouldBe((1, true));
    }

    [Fact]
    public async Task Given_what_modules_may_download_and_trips_to_LINE_When_they_come_of_age_Then_they_are_forgotten()
    {
        var linkage = LinkageId.New();
        await Store.WriteAsync(tx =>
        {
            for (var i = 0; i < 7; i++)
                tx.Received.Add(linkage, $"old{i}", tx.Now);
            return true;
        });
        _gateway.Clock.Advance(KeptFor);
        await Store.WriteAsync(tx =>
        {
            tx.Received.Add(linkage, "young", tx.Now);
            return true;
        });
        _gateway.Clock.Advance(TimeSpan.FromMinutes(1));
        await SweepAsync();
        var has = await Store.ReadAsync(tx => (Enumerable.Range(0, 7).Any(i => tx.Received.Has(linkage, $"old{i}")), tx.Received.Has(linkage, "young")));
        has.ShouldBe((false, true));
    }

    [Fact]
    public async Task Given_replays_that_ended_When_they_come_of_age_Then_they_are_forgotten_but_for_those_of_which_something_is_left()
    {
        var (running, owed) = (Guid.NewGuid(), Guid.NewGuid());
        var choice = new ReplayChoice(BotId.FromBits(99), null, null, null, null, null, null, false);
        await Store.WriteAsync(tx =>
        {
            tx.Control.Account(BotId.FromBits(99));
            for (var i = 0; i < 7; i++)
                tx.Replays.Add(Guid.NewGuid(), choice, tx.Now, 0);
            tx.Replays.Add(owed, choice, tx.Now, 0);
            foreach (var replay in tx.Replays.Running())
                tx.Replays.Cancel(replay.Id, tx.Now);
            tx.Deliveries.Add(new NewDelivery(1, LinkageId.New(), null, Guid.NewGuid(), true, 1) { Replay = tx.Replays.Find(owed)!.Id });
            return true;
        });
        _gateway.Clock.Advance(KeptFor + TimeSpan.FromMinutes(1));
        await SweepAsync();
        await Store.WriteAsync(tx =>
        {
            tx.Replays.Add(running, choice, tx.Now, 0);
            return true;
        });
        await SweepAsync();
        (await Store.ReadAsync(tx => tx.Replays.Recent(100))).Select(replay => replay.Request).ShouldBe([running, owed]);
    }

    private static NewEvent Fresh(DateTimeOffset at) => new(Channel, BotId.FromBits(99), null, "message", Guid.NewGuid(), at, [1]);

    private Task<long> SweepAsync() => _gateway.Services.GetRequiredService<Pruner>().SweepAsync(CancellationToken.None);

    /// <summary>Events that are routed, each with one delivery that was made and one of this state.</summary>
    private Task<List<long>> AppendAsync(int count, DeliveryState state) => Store.WriteAsync(tx =>
    {
        var bot = BotId.FromBits(99);
        tx.Control.Account(bot);
        var places = new List<long>();
        for (var i = 0; i < count; i++)
        {
            var seq = tx.Events.Append(Fresh(tx.Now) with { State = EventState.Routed });
            places.Add(seq);
            var (first, second) = (LinkageId.New(), LinkageId.New());
            var chat = new ChatKey(bot, IdKind.User, (UInt128)seq);
            tx.Deliveries.Add(new NewDelivery(seq, first, chat, Guid.NewGuid(), true, 1));
            tx.Deliveries.Add(new NewDelivery(seq, second, chat, Guid.NewGuid(), false, 1));
            Deliver(tx, new Lane(first, chat));
            if (state == DeliveryState.Delivered)
                Deliver(tx, new Lane(second, chat));
            _lanes[seq] = new Lane(second, chat);
        }

        return places;
    });

    private Task<bool> EndAsync(List<long> places) => Store.WriteAsync(tx =>
    {
        foreach (var seq in places)
            Deliver(tx, _lanes[seq]);
        return true;
    });

    private static void Deliver(IGatewayTransaction tx, Lane lane)
    {
        foreach (var row in tx.Deliveries.Owed(lane, 0, 10))
            tx.Deliveries.Record(new AttemptOutcome(row.Id, tx.Now, 200, null, 1, DeliveryState.Delivered, null));
    }

    private Task<List<long>> LeftAsync(List<long> places) => Store.ReadAsync(tx => places.Where(seq => tx.Events.Find(seq) is not null).ToList());
}
