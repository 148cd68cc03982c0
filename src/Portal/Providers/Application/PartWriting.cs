using Portal.Audit;
using Portal.Identity;
using Portal.Store;
using Tenancy;

namespace Portal.Providers;

/// <summary>What all parts have in common when somebody writes in them.</summary>
public sealed class PartWriting(PortalDb db, CurrentPerson current)
{
    /// <summary>Lets <paramref name="write"/> change the open application and saves it with its audit row.</summary>
    /// <param name="write">Returns what the audit log says of it, or why it is refused.</param>
    public async Task<PartResult> SaveAsync(
        AuditLog audit, TenantId organisation, ApplicationPart part, Func<ProviderApplication, (object? After, string? Refusal)> write, CancellationToken cancellationToken)
    {
        var application = await db.CurrentAsync(organisation, cancellationToken);
        if (application is null || !application.Edit(current.Required.Id))
            return new PartResult.Closed();

        var (after, refusal) = write(application);
        if (refusal is not null)
        {
            db.ChangeTracker.Clear();
            return new PartResult.Refused(refusal);
        }

        audit.Add($"application.{ProviderPath.Word(part)}", $"application:{application.Id}", after: after);
        return await db.TrySaveAsync(cancellationToken) ? new PartResult.Saved() : new PartResult.ChangedMeanwhile();
    }
}
