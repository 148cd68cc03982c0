using MediatR;

namespace Portal.Frame.Mediation;

/// <summary>A query saves nothing: <see cref="Store.PortalDb"/> refuses it while one runs.</summary>
internal sealed class ReadOnlyBehavior<TRequest, TResponse> : IPipelineBehavior<TRequest, TResponse>
    where TRequest : notnull, IQuery<TResponse>
{
    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        RequestRun.Begin(typeof(TRequest).FullName!, isCommand: false, joined: null);
        return await next(); // What was begun here ends with this method: the caller's run is its own again.
    }
}
