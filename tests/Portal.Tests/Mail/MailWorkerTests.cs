using Databases;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Mail;
using Portal.Store;
using Portal.Tests.Hosting;

namespace Portal.Tests.Mail;

public sealed class MailWorkerTests
{
    private static readonly MailKind Kind = MailKind.Of<MailLetterTexts>("Greeting");

    [Theory, On(Database.Sqlite), On(Database.PostgreSql), On(Database.SqlServer)]
    public async Task Given_a_mail_saved_with_its_change_When_the_unit_of_work_ends_Then_it_is_sent_once_and_its_words_are_forgotten(Database database)
    {
        await using var portal = await PortalHost.StartAsync(database);

        await AddAsync(portal, "lin@example.com");

        (await portal.Post.NextAsync("lin@example.com")).Subject.ShouldBe("Hello Lin");
        var row = await SettledAsync(portal);
        (row.SentAt.HasValue, row.DueAt, row.Text, row.Html, row.Attempts).ShouldBe((true, null, "", "", 1));
    }

    [Fact]
    public async Task Given_a_change_that_is_not_saved_When_the_unit_of_work_ends_Then_no_mail_leaves()
    {
        await using var portal = await PortalHost.StartAsync();

        await using (var scope = portal.Services.CreateAsyncScope())
            scope.ServiceProvider.GetRequiredService<MailOutbox>().Add("nobody@example.com", "en", Kind, null, "Nobody");
        await AddAsync(portal, "lin@example.com");

        await portal.Post.NextAsync("lin@example.com");
        portal.Post.All.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Given_a_mail_server_that_is_away_When_a_minute_has_passed_Then_the_mail_is_tried_again()
    {
        await using var portal = await PortalHost.StartAsync();
        var first = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        portal.Post.Fails = _ =>
        {
            first.TrySetResult();
            return new IOException("away");
        };
        await AddAsync(portal, "lin@example.com");
        await first.Task.WaitAsync(TimeSpan.FromSeconds(20));

        portal.Post.Fails = _ => null;
        (await SettledAsync(portal, mail => mail.LastFailure is not null)).LastFailure.ShouldBe("away");
        portal.Clock.Advance(TimeSpan.FromMinutes(1));

        await portal.Post.NextAsync("lin@example.com");
        portal.Post.Tries.ShouldBe(2);
    }

    [Fact]
    public async Task Given_an_address_that_is_refused_for_good_When_tried_Then_the_mail_is_given_up_and_not_tried_again()
    {
        await using var portal = await PortalHost.StartAsync();
        portal.Post.Fails = mail => mail.To == "wrong@example.com" ? new MailRefusedException("no such mailbox") : null;

        await AddAsync(portal, "wrong@example.com");
        var row = await SettledAsync(portal, mail => mail.GivenUpAt is not null);
        portal.Clock.Advance(TimeSpan.FromDays(1));
        await AddAsync(portal, "lin@example.com");
        await portal.Post.NextAsync("lin@example.com");

        (row.DueAt, row.Text, row.LastFailure).ShouldBe((null, "", "no such mailbox"));
        portal.Post.Tries.ShouldBe(2);
    }

    private static async Task AddAsync(PortalHost portal, string to)
    {
        await using var scope = portal.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<MailOutbox>().Add(to, "en", Kind, null, "Lin");
        await scope.ServiceProvider.GetRequiredService<PortalDb>().SaveChangesAsync();
    }

    /// <summary>The one mail, when the worker has noted what became of it.</summary>
    private static async Task<OutgoingMail> SettledAsync(PortalHost portal, Func<OutgoingMail, bool>? isIt = null)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            limit.Token.ThrowIfCancellationRequested();
            var mail = await portal.InDatabaseAsync(db => db.Set<OutgoingMail>().AsNoTracking().SingleAsync(limit.Token));
            if ((isIt ?? (row => row.DueAt is null))(mail))
                return mail;

            await Task.Yield();
        }
    }
}
