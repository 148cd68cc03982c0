using Benchmarks.Checks;
using Benchmarks.Load;

namespace Benchmarks.Tests;

/// <summary>A benchmark counts only when the work was done: each way of not doing it is refused.</summary>
public sealed class RunCheckTests
{
    private readonly PlayedRound _round = new();

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Given_a_gateway_that_does_its_work_When_a_round_is_checked_Then_it_counts(int modulesPerAccount)
    {
        var check = new PlayedRound(modulesPerAccount).Check();
        check.Faults.ShouldBeEmpty();
        check.Refuse();
    }

    [Fact]
    public void Given_a_gateway_that_drops_one_event_When_the_round_is_checked_Then_it_is_refused()
    {
        var (dropped, _) = _round.TwoOfOneChat();
        _round.Arrivals.RemoveAt(_round.IndexOf(dropped));
        ShouldRefuse($"Event {_round.Sending.Requests[dropped].EventId} did not come to its account's module 0.");
    }

    [Fact]
    public void Given_a_gateway_that_forgets_one_of_three_modules_When_the_round_is_checked_Then_it_is_refused()
    {
        var round = new PlayedRound(modulesPerAccount: 3);
        round.Arrivals.RemoveAt(round.Arrivals.Count - 1);
        round.Check().Faults.ShouldHaveSingleItem().ShouldEndWith("did not come to its account's module 2.");
    }

    [Fact]
    public void Given_a_gateway_that_swaps_two_events_of_a_chat_When_the_round_is_checked_Then_it_is_refused()
    {
        var (first, second) = _round.TwoOfOneChat();
        var (one, other) = (_round.IndexOf(first), _round.IndexOf(second));
        (_round.Arrivals[one], _round.Arrivals[other]) = (_round.Arrivals[one] with { At = _round.Arrivals[other].At }, _round.Arrivals[other] with { At = _round.Arrivals[one].At });
        ShouldRefuse("which LINE sent later");
    }

    [Fact]
    public void Given_two_events_of_a_chat_that_were_on_their_way_together_When_they_come_the_other_way_round_Then_the_round_counts()
    {
        var (first, second) = _round.TwoOfOneChat();
        _round.Sending.SentAt[second] = _round.Sending.SentAt[first];
        var (one, other) = (_round.IndexOf(first), _round.IndexOf(second));
        (_round.Arrivals[one], _round.Arrivals[other]) = (_round.Arrivals[one] with { At = _round.Arrivals[other].At }, _round.Arrivals[other] with { At = _round.Arrivals[one].At });
        _round.Check().Faults.ShouldNotContain(fault => fault.Contains($"{_round.Sending.Requests[first].EventId} comes after", StringComparison.Ordinal));
    }

    [Fact]
    public void Given_a_gateway_that_signs_with_another_secret_When_the_round_is_checked_Then_it_is_refused()
    {
        var (place, _) = _round.TwoOfOneChat();
        var at = _round.IndexOf(place);
        _round.Arrivals[at] = _round.Arrivals[at] with { Signature = new Line.LineSignature(Population.ChannelSecret).Create(_round.Arrivals[at].Body) };
        ShouldRefuse("is not signed with its secret");
    }

    [Fact]
    public void Given_a_gateway_that_signs_nothing_When_the_round_is_checked_Then_it_is_refused()
    {
        _round.Arrivals[0] = _round.Arrivals[0] with { Signature = null };
        ShouldRefuse("is not signed with its secret");
    }

    [Fact]
    public void Given_a_gateway_that_takes_a_forged_webhook_When_the_round_is_checked_Then_it_is_refused()
    {
        var forged = Enumerable.Range(0, _round.Sending.Requests.Count).First(i => _round.Sending.Requests[i].IsForged);
        _round.Sending.Status[forged] = 200;
        ShouldRefuse("was answered 200; 401 was expected");
    }

    [Fact]
    public void Given_a_gateway_that_could_not_take_one_event_When_the_round_is_checked_Then_it_is_refused()
    {
        _round.Sending.Status[_round.TwoOfOneChat().First] = 503;
        ShouldRefuse("was answered 503; 200 was expected");
    }

    [Fact]
    public void Given_a_gateway_that_sends_an_event_twice_and_does_not_say_so_When_the_round_is_checked_Then_it_is_refused()
    {
        _round.Arrivals.Add(_round.Arrivals[0] with { At = long.MaxValue });
        ShouldRefuse("the second copy does not say so");
    }

    [Fact]
    public void Given_a_second_copy_that_says_so_When_the_round_is_checked_Then_it_counts_and_is_counted()
    {
        var again = PlayedRound.Signed(_round.Arrivals[0], PlayedRound.Text(_round.Arrivals[0].Body).Replace("\"isRedelivery\":false", "\"isRedelivery\":true", StringComparison.Ordinal));
        _round.Arrivals.Add(again with { At = long.MaxValue });
        var check = _round.Check();
        check.Faults.ShouldBeEmpty();
        check.Repeated.ShouldBe(1);
    }

    [Fact]
    public void Given_a_gateway_that_tells_LINEs_user_id_When_the_round_is_checked_Then_it_is_refused()
    {
        var (place, _) = _round.TwoOfOneChat();
        var at = _round.IndexOf(place);
        _round.Arrivals[at] = PlayedRound.Signed(_round.Arrivals[at], PlayedRound.Text(_round.Sending.Requests[place].Body.ToArray()));
        ShouldRefuse("with LINE's own user id");
    }

    [Fact]
    public void Given_a_gateway_that_changes_what_was_written_When_the_round_is_checked_Then_it_is_refused()
    {
        _round.Arrivals[0] = PlayedRound.Signed(_round.Arrivals[0], PlayedRound.Text(_round.Arrivals[0].Body)[..^10] + "\"}}]}");
        ShouldRefuse("with another content");
    }

    [Fact]
    public void Given_a_gateway_that_delivers_to_another_accounts_module_When_the_round_is_checked_Then_it_is_refused()
    {
        var arrival = _round.Arrivals[0];
        _round.Arrivals[0] = PlayedRound.Signed(arrival with { Module = (arrival.Module + 1) % _round.Population.Modules }, PlayedRound.Text(arrival.Body));
        ShouldRefuse("to which it is not linked");
    }

    [Fact]
    public void Given_a_journal_that_lacks_an_event_When_the_round_is_checked_Then_it_is_refused()
    {
        _round.Journal.RemoveAt(7);
        ShouldRefuse("is not in the journal");
    }

    [Fact]
    public void Given_a_journal_that_has_an_event_twice_When_the_round_is_checked_Then_it_is_refused()
    {
        _round.Journal.Add(_round.Journal[7]);
        ShouldRefuse("The journal has event");
    }

    [Fact]
    public void Given_a_journal_that_took_a_forged_event_When_the_round_is_checked_Then_it_is_refused()
    {
        _round.Journal.Add(_round.Sending.Requests.First(request => request.IsForged).EventId);
        ShouldRefuse("which no genuine request brought");
    }

    [Fact]
    public void Given_a_journal_that_swapped_two_events_of_a_chat_When_the_round_is_checked_Then_it_is_refused()
    {
        var (first, second) = _round.TwoOfOneChat();
        var (one, other) = (_round.Journal.IndexOf(_round.Sending.Requests[first].EventId), _round.Journal.IndexOf(_round.Sending.Requests[second].EventId));
        (_round.Journal[one], _round.Journal[other]) = (_round.Journal[other], _round.Journal[one]);
        ShouldRefuse("In the journal event");
    }

    [Fact]
    public void Given_a_forwarder_that_loses_or_changes_a_body_When_the_round_is_checked_Then_it_is_refused()
    {
        var arrivals = _round.Sending.Requests.Select((request, i) => new Arrival(0, i, request.Body.ToArray(), new Line.LineSignature(Population.ChannelSecret).Create(request.Body.Span))).ToList();
        new RunCheck(_round.Population).Forwarded(_round.Sending, arrivals).Faults.ShouldBeEmpty();

        new RunCheck(_round.Population).Forwarded(_round.Sending, arrivals[1..]).Faults.ShouldHaveSingleItem().ShouldEndWith("was not forwarded.");
        arrivals[0].Body[^5] ^= 1;
        new RunCheck(_round.Population).Forwarded(_round.Sending, arrivals).Faults.ShouldContain(fault => fault.EndsWith("got a body that nobody sent.", StringComparison.Ordinal));
    }

    private void ShouldRefuse(string fault)
    {
        var check = _round.Check();
        check.Faults.ShouldContain(one => one.Contains(fault, StringComparison.Ordinal));
        Should.Throw<RefusedRunException>(check.Refuse);
    }
}
