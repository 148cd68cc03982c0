using System.Reflection;
using MediatR;

namespace Portal.Frame.Mediation;

/// <summary>Holds who is asking against the request's <see cref="AccessAttribute"/>. The outermost: a stranger does not even learn what is wrong with a request.</summary>
internal sealed class AccessBehavior<TRequest, TResponse>(IServiceProvider services) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : notnull, IRequest<TResponse>
{
    private static readonly AccessAttribute? Access = typeof(TRequest).GetCustomAttribute<AccessAttribute>();

    /// <exception cref="AccessRefusedException">Whoever asks may not.</exception>
    /// <exception cref="InvalidOperationException">The request does not say who may send it.</exception>
    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        if (Access is null)
            throw new InvalidOperationException($"{typeof(TRequest).FullName} does not say who may send it: give it an access attribute.");
        if (await Access.RefusalAsync(request, services, cancellationToken) is { } refusal)
            throw new AccessRefusedException(typeof(TRequest).FullName!, refusal);

        return await next();
    }
}
