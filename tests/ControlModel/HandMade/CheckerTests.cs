using ControlModel.Checking;
using ControlModel.Model;
using ControlModel.Steps;

namespace ControlModel.HandMade;

/// <summary>The checker itself: what it makes of time, of lost answers, of halves, and of what modules were given.</summary>
public sealed class CheckerTests
{
    [Fact]
    public void Given_an_acquire_whose_answer_was_lost_When_later_calls_show_either_outcome_Then_both_are_accepted()
    {
        Lost().Then(id => new PushStep(id, 0, 0, Answer.Done, true)).Judged().IsGood.ShouldBeTrue("it never happened");
        Lost().Got(1, new Copy("a", CopyKind.Activated, true, 2)).Got(0, new Copy("d", CopyKind.Deactivated, true, 2))
            .Then(id => new PushStep(id, 1, 0, Answer.Done, true)).Judged().IsGood.ShouldBeTrue("it happened");
        Lost().Then(id => new PushStep(id, 1, 0, Answer.Done, true)).Judged().IsGood.ShouldBeFalse("it cannot have happened and told nobody");

        static Told Lost() => new Told().Then(id => new AcquireStep(id, 1, 0, null, Answer.None));
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(0, false)]
    public void Given_two_acquires_within_3_s_When_both_are_admitted_Then_only_the_same_modules_is_accepted(int second, bool isGood)
    {
        var told = HandMadeTests.Acquired(new Told(), until: null).Then(id => new TimeStep(id, 2_999)).Then(id => new AcquireStep(id, second, 0, null, Answer.Done));
        if (second == 1)
            told.Got(1, new Copy("again", CopyKind.Activated, true, 2));
        else
            told.Got(0, new Copy("a2", CopyKind.Activated, true, 3)).Got(1, new Copy("d2", CopyKind.Deactivated, true, 3));
        told.Judged().IsGood.ShouldBe(isGood);
    }

    [Theory]
    [InlineData(2_999, Answer.Locked, true)]
    [InlineData(2_999, Answer.Done, false)]
    [InlineData(3_000, Answer.Done, true)]
    [InlineData(3_000, Answer.Locked, false)]
    public void Given_a_hold_of_a_second_When_it_has_run_out_Then_its_acquire_keeps_others_away_for_3_s(long later, Answer other, bool isGood)
    {
        var told = HandMadeTests.Acquired(new Told(), until: Told.Noon + 1_000).Then(id => new TimeStep(id, later))
            .Got(1, new Copy("d2", CopyKind.Deactivated, true, 3)).Got(0, new Copy("a2", CopyKind.Activated, true, 3)).Then(id => new AcquireStep(id, 0, 0, null, other));
        if (other == Answer.Done)
            told.Got(0, new Copy("again", CopyKind.Activated, true, 3));
        told.Judged().IsGood.ShouldBe(isGood);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(0, false)]
    public void Given_a_hold_and_no_unfollow_When_the_customer_follows_again_Then_only_a_hold_that_was_taken_since_stays(long after, bool isOver)
    {
        var told = HandMadeTests.Acquired(new Told(), until: null).Then(id => new EventStep(id, EventKind.Follow, "f", id, 0, true, Told.Noon + after));
        if (isOver)
            told.Got(1, new Copy("d2", CopyKind.Deactivated, true, 3)).Got(0, new Copy("a2", CopyKind.Activated, true, 3));
        told.Got(0, new Copy("f", CopyKind.Event, isOver, isOver ? 3 : 2)).Got(1, new Copy("f", CopyKind.Event, !isOver, isOver ? 3 : 2)).Judged().IsGood.ShouldBeTrue();
        told.Then(id => new PushStep(id, 1, 0, Answer.Done, true)).Judged().IsGood.ShouldBe(!isOver);
    }

    [Theory]
    [InlineData(Answer.Locked, true)]
    [InlineData(Answer.Done, false)]
    public void Given_an_acquire_on_its_way_to_LINE_When_another_comes_beside_it_Then_only_423_is_accepted(Answer other, bool isGood) =>
        AtLine().Then(id => new AcquireStep(id, 1, 0, null, Answer.Done)).Beside(id => new AcquireStep(id, 0, 0, null, other))
            .Got(1, new Copy("a", CopyKind.Activated, true, 3)).Judged().IsGood.ShouldBe(isGood);

    [Fact]
    public void Given_a_chat_that_is_LINEs_When_an_acquire_is_answered_with_500_Then_nobody_has_it() =>
        AtLine().Then(id => new AcquireStep(id, 1, 0, null, Answer.Unknown)).Then(id => new PushStep(id, 1, 0, Answer.Forbidden, false)).Judged().IsGood.ShouldBeTrue();

    [Theory]
    [InlineData(1, 2, true)]
    [InlineData(2, 3, false)]
    public void Given_one_loss_When_it_is_told_more_than_once_Then_it_is_refused(int times, int epoch, bool isGood)
    {
        var told = new Told().Then(id => new AcquireStep(id, 1, 0, null, Answer.Done)).Got(1, new Copy("a", CopyKind.Activated, true, 2));
        for (var i = 0; i < times; i++)
            told.Got(0, new Copy($"d{i}", CopyKind.Deactivated, true, epoch - times + i + 1));
        told.Judged().IsGood.ShouldBe(isGood);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void Given_two_events_of_one_epoch_When_the_second_shows_another_Then_it_is_refused(int epoch, bool isGood) =>
        new Told().Message("m", active: 0, epoch: 1).Message("n", active: 0, epoch: epoch).Judged().IsGood.ShouldBe(isGood);

    [Fact]
    public void Given_an_owner_who_lets_another_answer_first_When_each_was_told_once_for_the_account_Then_it_is_accepted_and_with_a_notice_missing_refused()
    {
        Changed().GotForAccount(0, Lost).Judged().IsGood.ShouldBeTrue();
        Changed().Judged().IsGood.ShouldBeFalse();

        static Told Changed() => new Told().Then(id => new DefaultStep(id, 1)).GotForAccount(1, new Copy("g", CopyKind.Gained, true, 2));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Given_a_holder_that_is_suspended_When_it_is_told_of_its_loss_or_not_Then_either_is_accepted_and_its_next_loss_is_told_once(bool isTold)
    {
        var told = HandMadeTests.Acquired(new Told(), until: null).Then(id => new StandingStep(id, 1, Standing.Suspended)).Got(0, new Copy("a2", CopyKind.Activated, true, 3));
        if (isTold)
            told.Got(1, new Copy("d2", CopyKind.Deactivated, true, 3));
        told.Then(id => new StandingStep(id, 1, Standing.On)).Got(1, new Copy("a3", CopyKind.Activated, true, 4)).Got(0, new Copy("d3", CopyKind.Deactivated, true, 4));
        told.Judged().IsGood.ShouldBeTrue();
        told.Then(id => new EventStep(id, EventKind.Unfollow, "u", id, 0, true, Told.Noon)).Got(0, new Copy("u", CopyKind.Event, false, 4)).Got(1, new Copy("u", CopyKind.Event, true, 4))
            .Got(0, new Copy("a5", CopyKind.Activated, true, 5));
        told.Judged().IsGood.ShouldBeFalse("the loser was not told");
        told.Got(1, new Copy("d5", CopyKind.Deactivated, true, 5)).Judged().IsGood.ShouldBeTrue();
    }

    [Theory]
    [InlineData(20, 12, Answer.BadToken, true)]
    [InlineData(20, 12, Answer.Done, true)]
    [InlineData(10, 12, Answer.BadToken, false)]
    [InlineData(10, 12, Answer.Done, true)]
    public void Given_a_reply_that_LINE_refused_When_its_token_is_used_before_or_after_its_answer_Then_it_may_still_be_on_its_way_only_before(long answeredAt, long usedAt, Answer second, bool isGood)
    {
        var token = new ReplyToken(1, 0, 0, 1, Told.Noon);
        var steps = new Step[]
        {
            new EventStep(0, EventKind.Message, "m", 0, 0, true, Told.Noon) { Start = 1, End = 2 },
            new ReplyStep(1, 0, token, Answer.LineRefused, true) { Start = 3, BegunBy = 5, End = answeredAt },
            new ReplyStep(2, 0, token, second, second == Answer.Done) { Start = usedAt, End = usedAt + 1 },
        };
        new Checker(new Lanes(2, 1).Add(0, 0, new Copy("m", CopyKind.Event, true, 1)).Add(1, 0, new Copy("m", CopyKind.Event, false, 1)), steps)
            .Check(BotState.Begin(Told.Noon, 0, 2, 1)).IsGood.ShouldBe(isGood);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Given_a_reply_that_LINE_refused_When_another_had_the_chat_before_LINE_saw_it_Then_it_is_refused_however_late_the_answer_came(bool wasSeenBefore)
    {
        var steps = new Step[]
        {
            new EventStep(0, EventKind.Message, "m", 0, 0, true, Told.Noon) { Start = 1, End = 2 },
            new AcquireStep(1, 1, 0, null, Answer.Done) { Start = 6, End = 7 },
            new ReplyStep(2, 0, new ReplyToken(1, 0, 0, 1, Told.Noon), Answer.LineRefused, true) { Start = wasSeenBefore ? 3 : 8, BegunBy = wasSeenBefore ? 5 : 9, End = 20 },
        };
        var lanes = new Lanes(2, 1).Add(0, 0, new Copy("m", CopyKind.Event, true, 1)).Add(1, 0, new Copy("m", CopyKind.Event, false, 1))
            .Add(1, 0, new Copy("a", CopyKind.Activated, true, 2)).Add(0, 0, new Copy("d", CopyKind.Deactivated, true, 2));
        new Checker(lanes, steps).Check(BotState.Begin(Told.Noon, 0, 2, 1)).IsGood.ShouldBe(wasSeenBefore);
    }

    [Fact]
    public void Given_a_module_that_detaches_itself_When_it_held_a_chat_Then_the_hold_is_over_and_a_second_detach_is_refused()
    {
        Gone().Then(id => new PushStep(id, 0, 0, Answer.Done, true)).Then(id => new DetachStep(id, 1, Answer.NotDetachable)).Judged().IsGood.ShouldBeTrue();
        Gone().Then(id => new DetachStep(id, 1, Answer.Done)).Judged().IsGood.ShouldBeFalse();
        Gone().Then(id => new PushStep(id, 1, 0, Answer.Done, true)).Judged().IsGood.ShouldBeFalse();

        static Told Gone() => HandMadeTests.Acquired(new Told(), until: null).Then(id => new DetachStep(id, 1, Answer.Done)).Got(0, new Copy("a2", CopyKind.Activated, true, 3));
    }

    [Fact]
    public void Given_a_loser_who_hears_of_it_before_an_event_that_came_earlier_When_it_is_judged_Then_it_is_refused()
    {
        Told().Got(0, new Copy("m", CopyKind.Event, true, 1)).Got(0, Deactivated).Judged().IsGood.ShouldBeTrue();
        Told().Got(0, Deactivated).Got(0, new Copy("m", CopyKind.Event, true, 1)).Judged().IsGood.ShouldBeFalse();

        static Told Told() => new Told().Then(id => new EventStep(id, EventKind.Message, "m", id, 0, true, HandMade.Told.Noon)).Got(1, new Copy("m", CopyKind.Event, false, 1))
            .Then(id => new AcquireStep(id, 1, 0, null, Answer.Done)).Got(1, new Copy("a", CopyKind.Activated, true, 2));
    }

    [Fact]
    public void Given_a_release_beside_an_acquire_When_only_the_release_after_it_explains_the_loss_Then_it_is_accepted() =>
        new Told().Then(id => new ReleaseStep(id, 1, 0, Answer.Done)).Beside(id => new AcquireStep(id, 1, 0, null, Answer.Done))
            .Got(1, new Copy("a", CopyKind.Activated, true, 2)).Got(0, Deactivated).Got(1, new Copy("d2", CopyKind.Deactivated, true, 3)).Got(0, new Copy("a2", CopyKind.Activated, true, 3))
            .Judged().IsGood.ShouldBeTrue();

    [Theory]
    [InlineData(2, false)]
    [InlineData(long.MaxValue, true)]
    public void Given_two_events_When_the_first_was_answered_before_the_second_came_in_Then_they_are_routed_in_that_order(long acceptedBy, bool isGood)
    {
        var steps = new[] { "m", "n" }.Select((id, i) => new EventStep(i, EventKind.Message, id, 0, 0, true, Told.Noon) { Start = 1 + (i * 2), End = 10, AcceptedBy = i == 0 ? acceptedBy : 4 }).ToList();
        var lanes = new Lanes(1, 1).Add(0, 0, new Copy("n", CopyKind.Event, true, 1)).Add(0, 0, new Copy("m", CopyKind.Event, true, 1));
        new Checker(lanes, steps).Check(BotState.Begin(Told.Noon, 0, 1, 1)).IsGood.ShouldBe(isGood);
    }

    [Fact]
    public void Given_a_round_that_ends_in_two_ways_When_it_is_judged_Then_both_are_ends_from_which_the_next_begins()
    {
        var steps = new Step[] { new PushStep(0, 0, 0, Answer.Done, true) { Start = 1, End = 2 }, new TimeStep(1, 5) { Start = 1, End = 2 } };
        var begin = BotState.Begin(Told.Noon, 0, 2, 1);
        new Checker(new Lanes(2, 1), steps).Check(begin, begin with { Default = 1 }, begin with { Now = Told.Noon + 1 }).Ends.Select(end => end.Now).Order().ShouldBe([Told.Noon + 5, Told.Noon + 6]);
    }

    private static Copy Deactivated { get; } = new("d", CopyKind.Deactivated, true, 2);

    private static Copy Lost { get; } = new("l", CopyKind.Lost, true, 2);

    /// <summary>LINE says that its own channel answers: the default loses the chat.</summary>
    private static Told AtLine() => new Told().Then(id => new EventStep(id, EventKind.Deactivated, "line", id, 0, true, Told.Noon)).Got(0, Deactivated);
}
