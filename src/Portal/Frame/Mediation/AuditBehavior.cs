using MediatR;

namespace Portal.Frame.Mediation;

/// <summary>A command that changed something and wrote no audit row is a bug: it is told so, and its transaction is undone.</summary>
/// <remarks>Where each save is its own transaction, <see cref="Store.PortalDb"/> refuses the save itself.</remarks>
internal sealed class AuditBehavior<TRequest, TResponse> : IPipelineBehavior<TRequest, TResponse>
    where TRequest : notnull, ICommand<TResponse>
{
    /// <exception cref="UnauditedChangeException">Rows were saved, and none of the audit log among them.</exception>
    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        var result = await next();
        if (RequestRun.Current is { HasChanged: true, HasAudited: false } run)
            throw new UnauditedChangeException(run.Name);

        return result;
    }
}
