using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Audit;
using Portal.Frame.Mediation;
using Portal.Identity;
using Portal.Store;
using Portal.Tests.Hosting;
using Tenancy;

namespace Portal.Tests.Frame.Mediation;

/// <summary>What the pipeline refuses, shown with commands and queries made for it.</summary>
public sealed class PipelineTests : IAsyncLifetime
{
    private PortalHost _portal = null!;

    public async Task InitializeAsync() => _portal = await PortalHost.StartAsync(also: builder =>
    {
        builder.Services.AddScoped<IRequestHandler<Rename, bool>, RenameHandler>();
        builder.Services.AddScoped<IRequestHandler<Peek, int>, PeekHandler>();
        builder.Services.AddScoped<IRequestHandler<Unsaid, int>, UnsaidHandler>();
        builder.Services.AddScoped<IRequestHandler<Outside, bool>, OutsideHandler>();
        builder.Services.AddScoped<IRequestHandler<OfMembers, bool>, OfMembersHandler>();
    });

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task Given_a_command_that_saves_twice_with_an_audit_row_When_it_is_sent_Then_both_saves_and_the_row_are_there()
    {
        (await SendAsync(new Rename(Twice: true, Audited: true, Throws: false))).ShouldBeTrue();

        (await NamesAsync()).ShouldBe(["first", "second"]);
        var row = await _portal.InDatabaseAsync(db => db.Set<AuditRow>().SingleAsync());
        (row.Action, row.Subject, row.After, row.Role).ShouldBe(("test.renamed", "person:1", "{\"name\":\"first\"}", ActingRole.Marketplace));
    }

    [Fact]
    public async Task Given_a_command_without_an_audit_row_When_it_is_sent_Then_it_fails_and_nothing_changes()
    {
        await Should.ThrowAsync<UnauditedChangeException>(() => SendAsync(new Rename(Twice: true, Audited: false, Throws: false)));

        (await NamesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Given_a_command_that_throws_after_a_save_When_it_is_sent_Then_nothing_changes_and_no_row_says_so()
    {
        await Should.ThrowAsync<TimeoutException>(() => SendAsync(new Rename(Twice: false, Audited: true, Throws: true)));

        (await NamesAsync()).ShouldBeEmpty();
        (await _portal.InDatabaseAsync(db => db.Set<AuditRow>().CountAsync())).ShouldBe(0);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Given_a_command_whose_saves_are_its_own_When_one_has_no_audit_row_Then_that_save_is_refused(bool inScopeOfItsOwn)
    {
        await Should.ThrowAsync<UnauditedChangeException>(() => SendAsync(new Outside(inScopeOfItsOwn, Audited: false)));
        (await NamesAsync()).ShouldBeEmpty();

        await SendAsync(new Outside(inScopeOfItsOwn, Audited: true));
        (await NamesAsync()).ShouldBe(["outside"]);
    }

    [Fact]
    public async Task Given_a_query_that_saves_When_it_is_sent_Then_it_is_refused()
    {
        await Should.ThrowAsync<InvalidOperationException>(() => SendAsync(new Peek()));

        (await NamesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Given_a_request_that_does_not_say_who_may_send_it_When_it_is_sent_Then_it_is_refused() =>
        (await Should.ThrowAsync<InvalidOperationException>(() => SendAsync(new Unsaid()))).Message.ShouldContain("does not say who may send it");

    [Theory]
    [InlineData(Role.Owner, true, null)]
    [InlineData(Role.Viewer, true, AccessRefusal.Forbidden)]
    [InlineData(Role.Owner, false, AccessRefusal.NotFound)]
    [InlineData(null, true, AccessRefusal.NotFound)]
    public async Task Given_a_command_for_members_When_it_names_another_company_or_the_role_lacks_the_right_Then_it_is_refused_and_changes_nothing(Role? role, bool ownPath, AccessRefusal? refusal)
    {
        var (person, company, other) = (Person("member"), Company("one"), Company("two"));
        await _portal.InDatabaseAsync(async db =>
        {
            db.AddRange(person, company, other);
            if (role is { } held)
                db.Add(new Membership { TenantId = company.Id, PersonId = person.Id, Role = held });
            return await db.SaveChangesAsync();
        });

        var sent = SendAsync(new OfMembers(company.Id), services =>
        {
            services.GetRequiredService<CurrentPerson>().Is(person);
            services.GetRequiredService<TenantScope>().Enter(ownPath ? company.Id : other.Id);
        });

        if (refusal is null)
            await sent;
        else
            (await Should.ThrowAsync<AccessRefusedException>(() => sent)).Refusal.ShouldBe(refusal.Value);
        (await _portal.InDatabaseAsync(db => db.Organisations.AnyAsync(row => row.Name == "changed"))).ShouldBe(refusal is null);
    }

    [Fact]
    public async Task Given_an_audit_row_When_anything_would_alter_or_delete_it_Then_the_save_is_refused()
    {
        await SendAsync(new Rename(Twice: false, Audited: true, Throws: false));

        await Should.ThrowAsync<ImmutableRowException>(() => _portal.InDatabaseAsync(async db =>
        {
            var row = await db.Set<AuditRow>().SingleAsync();
            db.Entry(row).Property(audit => audit.Action).CurrentValue = "test.hidden";
            return await db.SaveChangesAsync();
        }));
        await Should.ThrowAsync<ImmutableRowException>(() => _portal.InDatabaseAsync(async db =>
        {
            db.Remove(await db.Set<AuditRow>().SingleAsync());
            return await db.SaveChangesAsync();
        }));
        (await _portal.InDatabaseAsync(db => db.Set<AuditRow>().SingleAsync())).Action.ShouldBe("test.renamed");
    }

    private static Person Person(string name) => new() { Id = PersonId.New(), DisplayName = name, Email = $"{Guid.NewGuid():N}@example.com", Language = "en", CreatedAt = DateTimeOffset.UnixEpoch };

    private static Organisation Company(string name) => new() { Id = TenantId.New(), Slug = $"{name}-{Guid.NewGuid():N}"[..30], Name = name, Country = "TW", CreatedAt = DateTimeOffset.UnixEpoch };

    private Task<List<string>> NamesAsync() => _portal.InDatabaseAsync(db => db.People.OrderBy(row => row.DisplayName).Select(row => row.DisplayName).ToListAsync());

    private async Task<T> SendAsync<T>(IRequest<T> request, Action<IServiceProvider>? enter = null)
    {
        await using var scope = _portal.Services.CreateAsyncScope();
        enter?.Invoke(scope.ServiceProvider);
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request);
    }

    [ForAnybody]
    public sealed record Rename(bool Twice, bool Audited, bool Throws) : ICommand<bool>;

    public sealed class RenameHandler(PortalDb db, AuditLog audit) : IRequestHandler<Rename, bool>
    {
        public async Task<bool> Handle(Rename request, CancellationToken cancellationToken)
        {
            db.Add(Person("first"));
            await db.SaveChangesAsync(cancellationToken);
            if (request.Throws)
                throw new TimeoutException();
            if (request.Twice)
                db.Add(Person("second"));
            if (request.Audited)
                audit.Add("test.renamed", "person:1", null, new { Name = "first" });
            await db.SaveChangesAsync(cancellationToken);
            return true;
        }
    }

    [ForAnybody, SavesByItself("A test.")]
    public sealed record Outside(bool InScopeOfItsOwn, bool Audited) : ICommand<bool>;

    public sealed class OutsideHandler(IServiceScopeFactory scopes, IServiceProvider services) : IRequestHandler<Outside, bool>
    {
        public async Task<bool> Handle(Outside request, CancellationToken cancellationToken)
        {
            await using var scope = scopes.CreateAsyncScope();
            var own = request.InScopeOfItsOwn ? scope.ServiceProvider : services;
            var db = own.GetRequiredService<PortalDb>();
            db.Add(Person("outside"));
            if (request.Audited)
                own.GetRequiredService<AuditLog>().Add("test.outside", "person:1");
            await db.SaveChangesAsync(cancellationToken);
            return true;
        }
    }

    [ForAnybody]
    public sealed record Peek : IQuery<int>;

    public sealed class PeekHandler(PortalDb db) : IRequestHandler<Peek, int>
    {
        public Task<int> Handle(Peek request, CancellationToken cancellationToken)
        {
            db.Add(Person("peeked"));
            return db.SaveChangesAsync(cancellationToken);
        }
    }

    public sealed record Unsaid : IQuery<int>;

    public sealed class UnsaidHandler : IRequestHandler<Unsaid, int>
    {
        public Task<int> Handle(Unsaid request, CancellationToken cancellationToken) => Task.FromResult(1);
    }

    [ForMembers(Right.RunModules)]
    public sealed record OfMembers(TenantId Organisation) : ICommand<bool>, IInOrganisation;

    public sealed class OfMembersHandler(PortalDb db, AuditLog audit) : IRequestHandler<OfMembers, bool>
    {
        public async Task<bool> Handle(OfMembers request, CancellationToken cancellationToken)
        {
            (await db.Organisations.SingleAsync(cancellationToken)).Name = "changed";
            audit.Add("test.changed", $"organisation:{request.Organisation}");
            await db.SaveChangesAsync(cancellationToken);
            return true;
        }
    }
}
