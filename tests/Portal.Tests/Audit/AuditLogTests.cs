using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Audit;
using Portal.Tests.Console;
using Tenancy;

namespace Portal.Tests.Audit;

/// <summary>What stands in the audit log after real clicks, and what never does.</summary>
public sealed class AuditLogTests : IAsyncLifetime
{
    private ConsoleHost _console = null!;

    public async Task InitializeAsync() => _console = await ConsoleHost.StartAsync();

    public async Task DisposeAsync() => await _console.DisposeAsync();

    [Fact]
    public async Task Given_an_owner_who_pauses_a_module_When_the_log_is_read_Then_it_says_who_as_what_where_and_from_what_to_what()
    {
        await _console.PressAsync("pause-confirm-keyword-reply");

        var row = (await RowsAsync()).Last();
        var linkage = await _console.LinkageAsync("keyword-reply");
        var company = (await _console.AccountAsync()).TenantId;
        row.Action.ShouldBe("module.paused");
        row.Subject.ShouldBe($"linkage:{linkage}");
        (row.Before, row.After).ShouldBe(("{\"state\":\"On\"}", "{\"state\":\"Paused\"}"));
        (row.Role, row.TenantId).ShouldBe((ActingRole.Owner, company));
        row.PersonId.ShouldNotBeNull();
        row.Address.ShouldBe("127.0.0.1");
        row.RequestId.ShouldNotBeNullOrEmpty();
        row.At.ShouldBe(_console.Portal.Clock.GetUtcNow(), TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Given_a_whole_purchase_When_the_log_is_read_Then_every_step_stands_there_once_and_in_order()
    {
        var actions = (await RowsAsync()).Select(row => row.Action).ToList();

        actions.ShouldBe(["person.signedUp", "order.begun", "order.backFromLine", "organisation.founded", "order.confirmed", "module.turnedOn"]);
    }

    [Fact]
    public async Task Given_a_pause_that_comes_too_late_When_the_log_is_read_Then_it_says_nothing_of_it()
    {
        var page = await _console.OpenAsync();
        await _console.Owner.Browser.PressAsync(page, "pause-confirm-keyword-reply");
        var before = (await RowsAsync()).Count;

        await _console.Owner.Browser.PressAsync(page, "pause-confirm-keyword-reply");

        (await RowsAsync()).Count.ShouldBe(before);
    }

    [Fact]
    public async Task Given_another_organisation_When_it_reads_the_log_Then_no_row_of_this_one_exists_for_it()
    {
        await using var scope = _console.Portal.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantScope>().Enter(TenantId.New());

        (await scope.ServiceProvider.GetRequiredService<Portal.Store.PortalDb>().Set<AuditRow>().CountAsync()).ShouldBe(0);
        (await RowsAsync()).Count.ShouldBeGreaterThan(3);
    }

    [Fact]
    public async Task Given_a_secret_in_the_clear_When_it_would_be_written_Then_it_is_refused_and_its_fingerprint_is_not()
    {
        await using var scope = _console.Portal.Services.CreateAsyncScope();
        var log = scope.ServiceProvider.GetRequiredService<AuditLog>();

        Should.Throw<ArgumentException>(() => log.Add("test.tried", "module:1", null, new { ChannelSecret = "0123" }));
        Should.Throw<ArgumentException>(() => log.Add("test.tried", "module:1", null, new { Bank = new[] { new { AccountNumber = 123456789 } } }));
        Should.NotThrow(() => log.Add("test.tried", "module:1", null, new { ChannelSecret = Fingerprint.Of("0123"u8), AccountNumber = Fingerprint.Of("123456789", Encoding.UTF8.GetBytes("salt")) }));
    }

    private Task<List<AuditRow>> RowsAsync() => _console.Portal.InDatabaseAsync(db => db.Set<AuditRow>().OrderBy(row => row.Id).ToListAsync());
}
