using Microsoft.EntityFrameworkCore;

namespace Tenancy.Tests.Store;

public sealed class RevisionTests
{
    private const int Writers = 8;
    private const int WritesEach = 6;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    [Theory, On(Database.Sqlite), On(Database.PostgreSql), On(Database.SqlServer)]
    public async Task Given_an_empty_registry_When_followed_rows_change_Then_each_commit_has_the_next_revision(Database database)
    {
        await using var registry = await Registry.NewAsync(database);
        await using var work = registry.AsEverybody();
        (await work.Db.CurrentRevisionAsync(CancellationToken.None)).ShouldBe(0);
        var first = Make.Connection();
        var second = Make.Connection();
        work.Db.AddRange(first, second);
        await work.Db.SaveChangesAsync();
        (first.Revision, second.Revision).ShouldBe((1, 1));

        first.State = ConnectionState.Detached;
        await work.Db.SaveChangesAsync();

        (first.Revision, second.Revision).ShouldBe((2, 1));
        (await work.Db.CurrentRevisionAsync(CancellationToken.None)).ShouldBe(2);
    }

    [Fact]
    public async Task Given_a_save_that_is_not_awaited_but_direct_When_a_followed_row_changes_Then_it_has_the_next_revision_too()
    {
        await using var registry = await Registry.NewAsync(Database.Sqlite);
        await using var work = registry.AsEverybody();
        var connection = Make.Connection();
        work.Db.Add(connection);

        work.Db.SaveChanges().ShouldBe(1);

        connection.Revision.ShouldBe(1);
        work.Db.Entry(connection).State.ShouldBe(EntityState.Unchanged);
    }

    [Theory, On(Database.Sqlite), On(Database.PostgreSql), On(Database.SqlServer)]
    public async Task Given_rows_that_nobody_follows_When_they_are_saved_or_nothing_changed_Then_the_revision_stays(Database database)
    {
        await using var registry = await Registry.NewAsync(database);
        await using var work = registry.AsEverybody();
        work.Db.Add(Make.Person());
        await work.Db.SaveChangesAsync();
        await work.Db.SaveChangesAsync();

        (await work.Db.CurrentRevisionAsync(CancellationToken.None)).ShouldBe(0);
    }

    [Theory, On(Database.Sqlite), On(Database.PostgreSql), On(Database.SqlServer)]
    public async Task Given_a_save_that_fails_When_the_next_succeeds_Then_no_revision_was_lost_or_taken_twice(Database database)
    {
        await using var registry = await Registry.NewAsync(database);
        var account = await registry.NewAccountAsync();
        await using var work = registry.AsEverybody();
        var before = await work.Db.CurrentRevisionAsync(CancellationToken.None);
        work.Db.Add(Make.OfficialAccount(account.TenantId, account.BotId));
        (await work.Db.TrySaveAsync(CancellationToken.None)).ShouldBeFalse();
        (await work.Db.CurrentRevisionAsync(CancellationToken.None)).ShouldBe(before);

        var connection = Make.Connection();
        work.Db.Add(connection);
        await work.Db.SaveChangesAsync();

        connection.Revision.ShouldBe(before + 1);
    }

    [Theory, On(Database.Sqlite), On(Database.PostgreSql), On(Database.SqlServer)]
    public async Task Given_a_transaction_of_the_callers_When_it_is_rolled_back_Then_the_revision_goes_with_it(Database database)
    {
        await using var registry = await Registry.NewAsync(database);
        await using (var work = registry.AsEverybody())
        {
            await using var transaction = await work.Db.Database.BeginTransactionAsync();
            work.Db.Add(Make.Connection());
            await work.Db.SaveChangesAsync();
            await transaction.RollbackAsync();
        }

        await using var after = registry.AsEverybody();
        (await after.Db.CurrentRevisionAsync(CancellationToken.None)).ShouldBe(0);
        (await after.Db.Connections.CountAsync()).ShouldBe(0);
    }

    /// <remarks>What a follower relies on: a row that appears after revision n was read has a revision above n.</remarks>
    [Theory, On(Database.Sqlite), On(Database.PostgreSql), On(Database.SqlServer)]
    public async Task Given_many_writers_at_once_When_a_follower_reads_by_revision_Then_it_misses_no_row(Database database)
    {
        await using var registry = await Registry.NewAsync(database);
        using var limit = new CancellationTokenSource(Limit);
        var followed = new Dictionary<Line.BotId, long>();
        var applied = 0L;

        var writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(WriteAsync, limit.Token)));
        while (!writing.IsCompleted)
            await FollowAsync();
        await writing;
        await FollowAsync();

        applied.ShouldBe(Writers * WritesEach);
        followed.Count.ShouldBe(Writers * WritesEach);
        followed.Values.Distinct().Count().ShouldBe(Writers * WritesEach);

        async Task WriteAsync()
        {
            for (var write = 0; write < WritesEach; write++)
            {
                await using var work = registry.AsEverybody();
                work.Db.Add(Make.Connection());
                await work.Db.SaveChangesAsync(limit.Token);
            }
        }

        async Task FollowAsync()
        {
            await using var work = registry.AsEverybody();
            var current = await work.Db.CurrentRevisionAsync(limit.Token);
            foreach (var row in await work.Db.Connections.Where(row => row.Revision > applied && row.Revision <= current).ToListAsync(limit.Token))
                followed.Add(row.BotId, row.Revision);

            applied = current;
        }
    }
}
