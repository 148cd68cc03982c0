using ControlModel.Model;
using ControlModel.Steps;

namespace ControlModel.HandMade;

/// <summary>Histories that break a promise, each beside its twin that keeps it.</summary>
public sealed class HandMadeTests
{
    [Fact]
    public void Given_two_pushes_of_different_modules_When_control_did_not_move_between_them_Then_both_admitted_is_refused()
    {
        var bad = new Told().Then(id => new PushStep(id, 0, 0, Answer.Done, true)).Then(id => new PushStep(id, 1, 0, Answer.Done, true)).Judged();
        bad.IsGood.ShouldBeFalse();
        bad.TimeLine.ShouldContain("push into chat 0 by linkage 1 -> Done: admitted for a module that is not active");

        Acquired(new Told().Then(id => new PushStep(id, 0, 0, Answer.Done, true)), until: null).Then(id => new PushStep(id, 1, 0, Answer.Done, true)).Judged().IsGood.ShouldBeTrue();
    }

    [Fact]
    public void Given_two_pushes_beside_an_acquire_When_their_order_is_open_Then_both_admitted_is_accepted() =>
        new Told().Then(id => new AcquireStep(id, 1, 0, null, Answer.Done)).Beside(id => new PushStep(id, 1, 0, Answer.Done, true)).Beside(id => new PushStep(id, 0, 0, Answer.Done, true))
            .Got(1, new Copy("a", CopyKind.Activated, true, 2)).Got(0, new Copy("d", CopyKind.Deactivated, true, 2)).Judged().IsGood.ShouldBeTrue();

    [Theory]
    [InlineData(Answer.Done, false)]
    [InlineData(Answer.BadToken, true)]
    public void Given_a_reply_token_of_an_earlier_epoch_When_its_module_is_active_again_Then_only_a_refusal_is_accepted(Answer answer, bool isGood) =>
        Acquired(new Told().Message("m", active: 0, epoch: 1), until: null)
            .Then(id => new ReleaseStep(id, 1, 0, Answer.Done)).Got(1, new Copy("d2", CopyKind.Deactivated, true, 3)).Got(0, new Copy("a2", CopyKind.Activated, true, 3))
            .Then(id => new ReplyStep(id, 0, new ReplyToken(1, 0, 0, 1, Told.Noon), answer, answer == Answer.Done)).Judged().IsGood.ShouldBe(isGood);

    [Theory]
    [InlineData(Answer.Done, true)]
    [InlineData(Answer.BadToken, false)]
    public void Given_a_reply_token_of_this_epoch_When_it_is_used_for_the_first_time_Then_only_an_admission_is_accepted(Answer answer, bool isGood) =>
        FirstMessage().Then(id => new ReplyStep(id, 0, new ReplyToken(1, 0, 0, 1, Told.Noon), answer, answer == Answer.Done)).Judged().IsGood.ShouldBe(isGood);

    [Theory]
    [InlineData(9_999, true)]
    [InlineData(10_000, false)]
    public void Given_a_hold_of_10_s_When_its_module_is_admitted_afterwards_Then_the_hold_outlived_its_end(long later, bool isGood) =>
        Acquired(new Told(), until: Told.Noon + 10_000).Then(id => new TimeStep(id, later)).Then(id => new PushStep(id, 1, 0, Answer.Done, true)).Judged().IsGood.ShouldBe(isGood);

    [Fact]
    public void Given_a_hold_that_ran_out_When_the_default_is_admitted_and_both_were_told_Then_it_is_accepted() =>
        Acquired(new Told(), until: Told.Noon + 10_000).Then(id => new TimeStep(id, 10_000))
            .Got(1, new Copy("d2", CopyKind.Deactivated, true, 3)).Got(0, new Copy("a2", CopyKind.Activated, true, 3))
            .Then(id => new PushStep(id, 0, 0, Answer.Done, true)).Judged().IsGood.ShouldBeTrue();

    internal static Told FirstMessage() => new Told().Message("m", active: 0, epoch: 1);

    /// <summary>Linkage 1 takes the chat from linkage 0 in epoch 2.</summary>
    internal static Told Acquired(Told told, long? until) =>
        told.Then(id => new AcquireStep(id, 1, 0, until - Told.Noon, Answer.Done)).Got(1, new Copy("a", CopyKind.Activated, true, 2, until)).Got(0, new Copy("d", CopyKind.Deactivated, true, 2));
}
