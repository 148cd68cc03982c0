using System.Reflection;
using MediatR;
using Portal.Store;

namespace Portal.Frame.Mediation;

/// <summary>All saves of a command are one transaction: it begins with the first save and ends with the handler. What throws leaves nothing behind.</summary>
/// <remarks>Not before the first save: what a handler asks of others until then holds no lock. A command sent by a command is part of the outer one.</remarks>
internal sealed class TransactionBehavior<TRequest, TResponse>(PortalDb db) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : notnull, ICommand<TResponse>
{
    private static readonly bool SavesByItself = typeof(TRequest).IsDefined(typeof(SavesByItselfAttribute));

    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        if (RequestRun.Current is { IsCommand: true } outer && (outer.Joins(db) || SavesByItself))
            return await next();

        var run = RequestRun.Begin(typeof(TRequest).FullName!, isCommand: true, SavesByItself ? null : db);
        try
        {
            var result = await next();
            if (db.Database.CurrentTransaction is { } transaction)
                await transaction.CommitAsync(cancellationToken);

            run.Committed();
            return result;
        }
        finally
        {
            if (db.Database.CurrentTransaction is { } left)
                await left.DisposeAsync();
        }
    }
}
