using Line;
using ModuleGateway.Delivery;
using ModuleGateway.Journal;
using ModuleGateway.Linkages;
using Tenancy;

namespace ModuleGateway.Tests.Delivery;

/// <summary>Who has the next turn, by counting turns; and a model that plays the store, with every step chosen at random.</summary>
public sealed class LaneSchedulerTests
{
    private readonly List<LaneState> _turns = [];
    private readonly List<LinkageLanes> _looks = [];
    private readonly TestClock _clock = new();

    [Fact]
    public void Given_an_account_in_a_burst_When_another_has_one_event_Then_that_one_has_the_next_turn_but_one()
    {
        using var lanes = Scheduler(new DeliveryOptions { InFlightPerModuleMax = 2 });
        var (module, noisy, quiet) = (ModuleId.New(), LinkageId.New(), LinkageId.New());
        for (var i = 0; i < 60; i++)
            lanes.Touch(Lane(noisy, i), module);
        _turns.Count.ShouldBe(2);
        lanes.Touch(Lane(quiet, 1), module);
        End(lanes, _turns[0]);
        End(lanes, _turns[1]);
        _turns.Skip(2).Take(2).Select(turn => turn.Lane.Linkage).ShouldContain(quiet);
    }

    [Fact]
    public void Given_several_accounts_in_a_burst_When_one_at_rest_has_events_Then_its_first_has_the_very_next_turn_and_its_second_waits_its_share()
    {
        using var lanes = Scheduler(new DeliveryOptions { InFlightPerModuleMax = 1 });
        var module = ModuleId.New();
        var noisy = Enumerable.Range(0, 10).Select(_ => LinkageId.New()).ToArray();
        foreach (var linkage in noisy)
        {
            for (var chat = 0; chat < 20; chat++)
                lanes.Touch(Lane(linkage, chat), module);
        }

        for (var turn = 0; turn < 25; turn++)
            End(lanes, _turns[turn]);
        var quiet = LinkageId.New();
        lanes.Touch(Lane(quiet, 1), module);
        lanes.Touch(Lane(quiet, 2), module);
        for (var turn = 25; turn < 60; turn++)
            End(lanes, _turns[turn]);
        var places = _turns.Select((turn, place) => (turn.Lane.Linkage, place)).Where(one => one.Linkage == quiet).Select(one => one.place).ToList();
        places.ShouldBe([26, 37], "the very next, and then after each of the ten");
    }

    [Fact]
    public void Given_accounts_with_many_and_with_few_busy_chats_When_turns_are_dealt_Then_each_account_has_the_same_share_of_them()
    {
        using var lanes = Scheduler(new DeliveryOptions { InFlightPerModuleMax = 4 });
        var module = ModuleId.New();
        var linkages = Enumerable.Range(0, 10).Select(_ => LinkageId.New()).ToArray();
        for (var i = 0; i < linkages.Length; i++)
        {
            for (var chat = 0; chat < (i == 0 ? 50 : 3); chat++)
                lanes.Touch(Lane(linkages[i], chat), module);
        }

        for (var turn = 0; turn < 1000; turn++)
            lanes.EndTurn(_turns[turn], TurnEnd.Next);
        var shares = _turns.Skip(100).Take(900).CountBy(turn => turn.Lane.Linkage).Select(share => share.Value).ToList();
        shares.Count.ShouldBe(10);
        shares.ShouldAllBe(share => share >= 89 && share <= 91);
        _turns.Skip(100).Take(900).Where(turn => turn.Lane.Linkage == linkages[0]).CountBy(turn => turn.Lane).ShouldAllBe(share => share.Value <= 2); // And of its 50 chats each.
    }

    [Fact]
    public void Given_a_module_full_of_attempts_again_When_first_attempts_come_Then_half_of_the_room_is_theirs()
    {
        using var lanes = Scheduler(new DeliveryOptions { InFlightPerModuleMax = 8 });
        var (module, failing, well) = (ModuleId.New(), LinkageId.New(), LinkageId.New());
        for (var i = 0; i < 40; i++)
            lanes.Touch(Lane(failing, i), module);
        for (var turn = 0; turn < 40; turn++)
            lanes.EndTurn(_turns[turn], TimeSpan.FromSeconds(1)).ShouldBeTrue();
        var before = _turns.Count;
        _clock.Advance(TimeSpan.FromSeconds(2));
        SpinWait.SpinUntil(() => Count() >= before + 4, TimeSpan.FromSeconds(20)).ShouldBeTrue();
        for (var i = 0; i < 20; i++)
            lanes.Touch(Lane(well, i), module);
        var turns = Turns().Skip(before).ToList();
        turns.Count.ShouldBe(8);
        turns.Count(turn => turn.Lane.Linkage == failing).ShouldBe(4);
        turns.Count(turn => turn.Lane.Linkage == well).ShouldBe(4);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(32)]
    [InlineData(1000)]
    public void Given_modules_that_hang_on_to_all_they_get_When_newcomers_have_events_Then_each_gets_its_first_attempt(int hanging)
    {
        using var lanes = Scheduler(new DeliveryOptions());
        for (var hog = 0; hog < hanging; hog++)
        {
            var module = ModuleId.New();
            for (var i = 0; i < 64; i++)
                lanes.Touch(Lane(LinkageId.New(), i), module);
        }

        _turns.CountBy(turn => turn.Linkage.Module).ShouldAllBe(share => share.Value <= 32);
        _turns.Count.ShouldBeGreaterThan(Math.Min(1024, hanging * 32) / 2);
        for (var i = 0; i < 20; i++)
        {
            var (newcomer, before) = (ModuleId.New(), _turns.Count);
            lanes.Touch(Lane(LinkageId.New(), 1), newcomer);
            _turns.Skip(before).ShouldHaveSingleItem().Linkage.Module.Id.ShouldBe(newcomer);
        }

        _turns.Count.ShouldBeLessThanOrEqualTo(2048);
    }

    [Fact]
    public void Given_more_modules_than_there_is_room_When_attempts_end_one_by_one_Then_each_module_has_had_its_turn_and_the_room_is_never_over_twice_its_bound()
    {
        using var lanes = Scheduler(new DeliveryOptions { InFlightPerModuleMax = 4, InFlightMax = 8 });
        var linkages = Enumerable.Range(0, 100).Select(_ => LinkageId.New()).ToList();
        foreach (var linkage in linkages)
        {
            var module = ModuleId.New();
            for (var i = 0; i < 6; i++)
                lanes.Touch(Lane(linkage, i), module);
        }

        for (var ended = 0; ended < _turns.Count; ended++)
        {
            (_turns.Count - ended).ShouldBeLessThanOrEqualTo(16);
            End(lanes, _turns[ended]);
        }

        _turns.Count.ShouldBe(600);
        _turns.Take(200).Select(turn => turn.Lane.Linkage).Distinct().Count().ShouldBe(100);
    }

    [Fact]
    public void Given_more_lanes_than_memory_holds_When_they_are_touched_Then_the_window_does_not_grow_and_the_rest_is_looked_up()
    {
        using var lanes = Scheduler(new DeliveryOptions { InFlightPerModuleMax = 2, LanesPerLinkageMax = 10 });
        var (module, linkage) = (ModuleId.New(), LinkageId.New());
        for (var i = 0; i < 100_000; i++)
            lanes.Touch(Lane(linkage, i), module);
        lanes.Lanes.ShouldBe(10);
        for (var turn = 0; turn < 6; turn++)
            End(lanes, _turns[turn]);
        _looks.ShouldHaveSingleItem().Load.ShouldBe(new LinkageLoad(Live: true, false, false, false));
    }

    [Fact]
    public void Given_an_open_circuit_When_lanes_are_touched_Then_none_is_in_memory_until_it_closes()
    {
        using var lanes = Scheduler(new DeliveryOptions { InFlightPerModuleMax = 2 });
        var module = ModuleId.New();
        var linkage = LinkageId.New();
        for (var i = 0; i < 20; i++)
            lanes.Touch(Lane(linkage, i), module);
        lanes.Open(module, Circuit.Open);
        lanes.Lanes.ShouldBe(2); // At work.
        End(lanes, _turns[0]);
        End(lanes, _turns[1]);
        lanes.Touch(Lane(LinkageId.New(), 1), module);
        (lanes.Lanes, _turns.Count, _looks.Count).ShouldBe((0, 2, 0));
        lanes.RestingAsync().IsCompleted.ShouldBeFalse();
        lanes.Close(module, 1);
        _looks.Count.ShouldBe(2);
        lanes.Loaded(_looks[0], [Lane(_looks[0].Id, 1), Lane(_looks[0].Id, 2)], 64, [], [], null);
        _turns.Count.ShouldBe(3); // It recovers: one turn, until it is granted more.
        lanes.Grant(module, null);
        _turns.Count.ShouldBe(4);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Given_any_order_of_events_turns_looks_and_outages_When_all_is_over_Then_every_event_had_its_turn_in_its_lanes_order_and_nothing_was_over_its_bound(int seed)
    {
        using var model = new SchedulerModel(new Random(seed));
        model.Run(steps: 30_000);
        model.Finish();
        model.Delivered.ShouldBe(model.Accepted);
        model.Accepted.ShouldBeGreaterThan(3_000);
    }

    private static Lane Lane(LinkageId linkage, int chat) => new(linkage, new ChatKey(BotId.FromBits(7), IdKind.User, (UInt128)(chat + 1)));

    private static void End(LaneScheduler lanes, LaneState turn)
    {
        if (!lanes.EndTurn(turn, TurnEnd.Empty))
            lanes.Leave(turn, hasMore: false);
    }

    private int Count()
    {
        lock (_turns)
            return _turns.Count;
    }

    private List<LaneState> Turns()
    {
        lock (_turns)
            return [.. _turns];
    }

    private LaneScheduler Scheduler(DeliveryOptions options) => new(
        options, _clock,
        lane =>
        {
            lock (_turns)
                _turns.Add(lane);
        },
        _looks.Add);
}
