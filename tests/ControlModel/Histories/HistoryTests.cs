using ControlModel.Checking;
using ControlModel.Steps;

namespace ControlModel.Histories;

/// <summary>Rounds of earlier runs that were hard to judge, each a file that CONTROL_MODEL_KEEP left behind.</summary>
public sealed class HistoryTests
{
    /// <summary>Few: without a look at each chat's share it takes ten times as many and more.</summary>
    private const int FewPoints = 20_000;

    [Fact]
    public void Given_a_round_that_allows_very_many_orders_When_it_is_judged_Then_one_of_them_is_found()
    {
        var verdict = Read("many-orders").Judge();
        verdict.IsGood.ShouldBeTrue(verdict.TimeLine);
    }

    [Fact]
    public void Given_a_suspended_holder_that_was_not_told_of_its_loss_When_it_lost_the_chat_again_later_Then_that_notice_is_of_the_later_loss()
    {
        var verdict = Read("suspended-holder").Judge();
        verdict.IsGood.ShouldBeTrue(verdict.TimeLine);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(1)]
    public void Given_such_a_round_with_a_refused_push_that_LINE_saw_all_the_same_When_it_is_judged_Then_it_is_refused_for_sure_and_soon(int chat)
    {
        var history = Read("many-orders");
        var last = history.Steps.OfType<PushStep>().Where(push => push.Answer == Answer.Forbidden && push.Chat == chat).MaxBy(push => push.Start)!;
        var verdict = (history with { Steps = [.. history.Steps.Select(step => step == last ? last with { Answer = Answer.Done, ReachedLine = true } : step)] }).Judge();
        verdict.IsGood.ShouldBeFalse();
        verdict.IsComplete.ShouldBeTrue("undecided is no verdict");
        verdict.Looked.ShouldBeLessThan(FewPoints);
        verdict.TimeLine.ShouldContain("admitted for a module that is not active");
    }

    [Fact]
    public void Given_a_round_When_it_is_kept_in_a_file_and_read_again_Then_it_is_the_same()
    {
        var history = Read("many-orders");
        var again = History.Read(history.Write());
        again.Steps.ShouldBe(history.Steps);
        again.From.ShouldBe(history.From);
        Enumerable.Range(0, again.Lanes.Count).ShouldAllBe(lane => again.Lanes[lane].SequenceEqual(history.Lanes[lane]));
        (again.Judge() with { TimeLine = "" }).Ends.ShouldBe(history.Judge().Ends, ignoreOrder: true);
    }

    private static History Read(string name) => History.Read(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Histories", name + ".json")));
}
