using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Databases;
using Portal.Audit;
using Portal.Frame.Mediation;
using Portal.Operations.Approvals;
using Portal.Tests.Hosting;
using Tenancy;

namespace Portal.Tests.Operations.Approvals;

/// <summary>Two people who had no hand in it decide on certification and money.</summary>
public sealed class ApprovalTests : IAsyncLifetime
{
    private Desk _desk = null!;
    private Person _ann = null!;
    private Person _bob = null!;
    private Person _carl = null!;
    private Person _partner = null!;
    private Organisation _company = null!;

    public async Task InitializeAsync()
    {
        _desk = await Desk.StartAsync();
        (_ann, _bob, _carl) = (await _desk.OperatorAsync("Ann"), await _desk.OperatorAsync("Bob"), await _desk.OperatorAsync("Carl"));
        (_partner, _company) = (await _desk.PersonAsync("Partner"), await _desk.CompanyAsync());
    }

    public async Task DisposeAsync() => await _desk.DisposeAsync();

    [Fact]
    public async Task Given_money_in_the_queue_When_one_operator_approves_Then_it_waits_and_with_the_second_it_is_done()
    {
        var approval = await _desk.SubmitAsync(_company, _partner);

        (await _desk.VoteAsync(approval, _ann)).ShouldBe(new CastVote.Result.Counted(1));
        (await _desk.IsCertifiedAsync(_company)).ShouldBeFalse();
        (await _desk.VoteAsync(approval, _bob)).ShouldBeOfType<CastVote.Result.Approved>();

        (await _desk.IsCertifiedAsync(_company)).ShouldBeTrue();
        (await _desk.ReadAsync(approval)).BySingleOperator.ShouldBeFalse();
    }

    [Fact]
    public async Task Given_one_operator_When_they_approve_twice_Then_the_second_time_counts_for_nothing()
    {
        var approval = await _desk.SubmitAsync(_company, _partner);

        await _desk.VoteAsync(approval, _ann);

        (await _desk.VoteAsync(approval, _ann)).ShouldBeOfType<CastVote.Result.VotedBefore>();
        (await _desk.IsCertifiedAsync(_company)).ShouldBeFalse();
    }

    [Fact]
    public async Task Given_operators_who_submitted_edited_or_belong_to_the_company_When_they_vote_Then_it_is_their_own_work()
    {
        await _desk.Portal.InDatabaseAsync(db =>
        {
            db.Add(new Membership { TenantId = _company.Id, PersonId = _carl.Id, Role = Role.Viewer });
            return db.SaveChangesAsync();
        });
        var approval = await _desk.SubmitAsync(_company, _ann, editors: _bob);

        foreach (var own in new[] { _ann, _bob, _carl })
            (await _desk.VoteAsync(approval, own)).ShouldBeOfType<CastVote.Result.OwnWork>(own.DisplayName);
        (await _desk.ReadAsync(approval)).Votes.ShouldBeEmpty();
    }

    [Fact]
    public async Task Given_a_version_that_was_handed_in_again_When_the_one_before_is_approved_Then_that_is_stale_and_earlier_votes_count_no_more()
    {
        var first = await _desk.SubmitAsync(_company, _partner);
        await _desk.VoteAsync(first, _ann);
        var second = await _desk.SubmitAsync(_company, _partner, version: 2);

        (await _desk.VoteAsync(second, _bob, round: first.Round)).ShouldBeOfType<CastVote.Result.Stale>();
        (await _desk.VoteAsync(second, _bob)).ShouldBe(new CastVote.Result.Counted(1));
        (await _desk.IsCertifiedAsync(_company)).ShouldBeFalse();
        (await _desk.VoteAsync(second, _ann)).ShouldBeOfType<CastVote.Result.Approved>();
    }

    [Fact]
    public async Task Given_a_refusal_When_it_gives_a_reason_Then_the_feature_hears_it_and_nobody_can_approve_any_more()
    {
        var approval = await _desk.SubmitAsync(_company, _partner);
        await Should.ThrowAsync<ValidationException>(() => _desk.VoteAsync(approval, _ann, approves: false, reason: " "));

        (await _desk.VoteAsync(approval, _ann, approves: false, reason: "The name differs.")).ShouldBeOfType<CastVote.Result.Refused>();

        (await _desk.Portal.InDatabaseAsync(db => db.Organisations.SingleAsync(row => row.Id == _company.Id))).Name.ShouldBe("Refused: The name differs.");
        (await _desk.VoteAsync(approval, _bob)).ShouldBeOfType<CastVote.Result.NotWaiting>();
    }

    [Fact]
    public async Task Given_something_that_the_feature_cannot_do_When_the_last_vote_comes_Then_neither_vote_nor_change_is_saved()
    {
        var impossible = await _desk.CompanyAsync("Impossible");
        var approval = await _desk.SubmitAsync(impossible, _partner);
        await _desk.VoteAsync(approval, _ann);

        (await _desk.VoteAsync(approval, _bob)).ShouldBe(new CastVote.Result.CannotBe("impossible"));

        (await _desk.ReadAsync(approval)).Votes.Count.ShouldBe(1);
        (await _desk.IsCertifiedAsync(impossible)).ShouldBeFalse();
    }

    [Theory, On(Database.Sqlite), On(Database.PostgreSql), On(Database.SqlServer)]
    public async Task Given_six_operators_who_approve_at_once_When_all_are_answered_Then_two_votes_counted_and_the_thing_was_done_once(Database database)
    {
        await using var desk = await Desk.StartAsync(kind: database);
        var (partner, company) = (await desk.PersonAsync("Partner"), await desk.CompanyAsync());
        var approval = await desk.SubmitAsync(company, partner);
        var operators = await Task.WhenAll(Enumerable.Range(0, 6).Select(number => desk.OperatorAsync($"Operator {number}")));

        var answers = await Task.WhenAll(operators.Select(one => Task.Run(() => desk.VoteAsync(approval, one))));

        answers.Count(answer => answer is CastVote.Result.Counted).ShouldBe(1);
        answers.Count(answer => answer is CastVote.Result.Approved).ShouldBe(1);
        answers.Count(answer => answer is CastVote.Result.NotWaiting).ShouldBe(4);
        (await desk.ReadAsync(approval)).Votes.Count.ShouldBe(2);
        (await desk.Portal.InDatabaseAsync(db => db.Set<AuditRow>().CountAsync(row => row.Action == "approval.approved"))).ShouldBe(2);
    }

    [Fact]
    public async Task Given_a_marketplace_of_one_operator_When_they_approve_Then_it_is_done_and_marked_for_good()
    {
        await using var desk = await Desk.StartAsync(singleOperator: true);
        var (only, partner, company) = (await desk.OperatorAsync("Only"), await desk.PersonAsync("Partner"), await desk.CompanyAsync());
        var approval = await desk.SubmitAsync(company, partner);

        (await desk.VoteAsync(approval, only)).ShouldBeOfType<CastVote.Result.Approved>();

        (await desk.ReadAsync(approval)).BySingleOperator.ShouldBeTrue();
        (await desk.Portal.InDatabaseAsync(db => db.Set<AuditRow>().SingleAsync(row => row.Action == "approval.approved"))).After.ShouldNotBeNull().ShouldContain("\"bySingleOperator\":true");
    }

    [Fact]
    public async Task Given_somebody_who_is_no_operator_When_they_vote_Then_it_does_not_exist_for_them()
    {
        var approval = await _desk.SubmitAsync(_company, _ann);

        (await Should.ThrowAsync<AccessRefusedException>(() => _desk.VoteAsync(approval, _partner))).Refusal.ShouldBe(AccessRefusal.NotFound);
    }

    [Fact]
    public async Task Given_things_in_the_queue_When_an_operator_opens_it_Then_each_has_its_company_age_votes_and_next_step()
    {
        var approval = await _desk.SubmitAsync(_company, _partner);
        await _desk.VoteAsync(approval, _ann);
        _desk.Portal.Clock.Advance(TimeSpan.FromHours(50));
        var (ann, bob) = (await Buyer.AsAsync(_desk.Portal, _ann.Id), await Buyer.AsAsync(_desk.Portal, _bob.Id));

        var seenByBob = (await bob.Browser.OpenAsync("/operations/queues")).TextOf("queue-row");
        var seenByAnn = (await ann.Browser.OpenAsync("/operations/queues")).TextOf("queue-row");

        seenByBob.ShouldContain("Bank of Made-up Works");
        seenByBob.ShouldContain("waiting for 2 days");
        seenByBob.ShouldContain("1 of 2 approvals. Look at it and decide.");
        seenByAnn.ShouldContain("You have approved; a second person must, too.");
    }

    [Fact]
    public async Task Given_a_posted_vote_When_it_is_answered_Then_the_operator_reads_what_became_of_it()
    {
        var approval = await _desk.SubmitAsync(_company, _partner);
        var bob = await Buyer.AsAsync(_desk.Portal, _bob.Id);
        var token = await bob.Browser.OpenAsync("/operations/queues");

        (await bob.Browser.PostAsync($"/operations/approvals/{approval.Id}/refuse", token, ("round", "1"), ("reason", ""))).Has("said-reasonNeeded").ShouldBeTrue();
        (await bob.Browser.PostAsync($"/operations/approvals/{approval.Id}/approve", token, ("round", "7"))).Has("said-stale").ShouldBeTrue();
        (await bob.Browser.PostAsync($"/operations/approvals/{approval.Id}/approve", token, ("round", "1"))).Has("said-counted").ShouldBeTrue();
    }
}
