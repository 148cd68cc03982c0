using Databases;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Identity;
using Portal.Operations.Approvals;
using Portal.Store;
using Portal.Tests.Hosting;
using Tenancy;

namespace Portal.Tests.Operations;

/// <summary>A portal with operators, and a made-up feature whose things are certified: the queue's rules without anybody's pages.</summary>
public sealed class Desk : IAsyncDisposable
{
    private Desk(PortalHost portal) => Portal = portal;

    public PortalHost Portal { get; }

    public static async Task<Desk> StartAsync(bool singleOperator = false, Database kind = Database.Sqlite) => new(await PortalHost.StartAsync(kind, builder =>
    {
        builder.Configuration["Operations:SingleOperator"] = singleOperator ? "true" : "false";
        // No feature of the portal changes banks yet: this one does.
        builder.Services.AddScoped<IApprovable, Feature>();
    }));

    public Task<Person> OperatorAsync(string name) => PersonAsync(name, isOperator: true);

    public Task<Person> PersonAsync(string name, bool isOperator = false) => Portal.InDatabaseAsync(async db =>
    {
        var person = new Person { Id = PersonId.New(), DisplayName = name, Email = $"{Guid.NewGuid():N}@example.com", Language = "en", IsOperator = isOperator, CreatedAt = Portal.Clock.GetUtcNow() };
        db.Add(person);
        await db.SaveChangesAsync();
        return person;
    });

    public Task<Organisation> CompanyAsync(string name = "Made-up Works") => Portal.InDatabaseAsync(async db =>
    {
        var company = new Organisation { Id = TenantId.New(), Slug = $"c-{Guid.NewGuid():N}"[..20], Name = name, Country = "TW", CreatedAt = Portal.Clock.GetUtcNow() };
        db.Add(company);
        await db.SaveChangesAsync();
        return company;
    });

    /// <summary>Hands a company in for the made-up certification; its own id is the subject's.</summary>
    public async Task<Approval> SubmitAsync(Organisation company, Person by, ApprovalKind kind = ApprovalKind.BankChange, int version = 1, params Person[] editors)
    {
        await using var scope = Portal.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<TenantScope>().EnterEveryTenant("A test hands something in.");
        var approval = await scope.ServiceProvider.GetRequiredService<ApprovalDesk>()
            .SubmitAsync(kind, company.Id.Value, version, company.Id, by.Id, editors.Select(person => person.Id), default);
        await scope.ServiceProvider.GetRequiredService<PortalDb>().SaveChangesAsync();
        return approval;
    }

    public Task<CastVote.Result> VoteAsync(Approval approval, Person by, bool approves = true, string? reason = null, int? round = null) =>
        SendAsync(new CastVote.Command(approval.Id, round ?? approval.Round, approves, reason), by);

    /// <summary>Sends a request as an operator in the operator's rooms.</summary>
    public async Task<T> SendAsync<T>(IRequest<T> request, Person by)
    {
        await using var scope = Portal.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentPerson>().Is(by);
        scope.ServiceProvider.GetRequiredService<TenantScope>().EnterEveryTenant("A test is an operator.");
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request);
    }

    public Task<bool> IsCertifiedAsync(Organisation company) => Portal.InDatabaseAsync(db => db.Organisations.AnyAsync(row => row.Id == company.Id && row.CertifiedUntil != null));

    public Task<Approval> ReadAsync(Approval approval) => Portal.InDatabaseAsync(db => db.Set<Approval>().AsNoTracking().Include(row => row.Votes).SingleAsync(row => row.Id == approval.Id));

    public ValueTask DisposeAsync() => Portal.DisposeAsync();

    /// <summary>Approved: the company has a date. A company named "Impossible" cannot be.</summary>
    private sealed class Feature(PortalDb db, TimeProvider clock) : IApprovable
    {
        public ApprovalKind Kind => ApprovalKind.BankChange;

        public async Task<IReadOnlyDictionary<Guid, ApprovableCard>> CardsAsync(IReadOnlyCollection<Guid> subjects, CancellationToken cancellationToken)
        {
            var ids = subjects.Select(subject => new TenantId(subject)).ToArray();
            return await db.Organisations.Where(row => ids.Contains(row.Id))
                .ToDictionaryAsync(row => row.Id.Value, row => new ApprovableCard($"Bank of {row.Name}", row.Name, $"/operations/made-up/{row.Id}"), cancellationToken);
        }

        public Task<IReadOnlyList<string>> EvidenceAsync(Approval approval, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<string>>([]);

        public async Task<string?> ApproveAsync(Approval approval, CancellationToken cancellationToken)
        {
            var company = await CompanyAsync(approval, cancellationToken);
            if (company.Name == "Impossible")
                return "impossible";

            company.CertifiedUntil = clock.GetUtcNow().AddYears(1);
            return null;
        }

        public async Task RefuseAsync(Approval approval, string reason, CancellationToken cancellationToken) => (await CompanyAsync(approval, cancellationToken)).Name = $"Refused: {reason}";

        private Task<Organisation> CompanyAsync(Approval approval, CancellationToken cancellationToken)
        {
            var id = new TenantId(approval.SubjectId);
            return db.Organisations.SingleAsync(row => row.Id == id, cancellationToken);
        }
    }
}
