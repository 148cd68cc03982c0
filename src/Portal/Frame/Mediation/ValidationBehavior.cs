using FluentValidation;
using MediatR;

namespace Portal.Frame.Mediation;

/// <summary>Refuses a request of the wrong shape before its handler sees it, all failures at once.</summary>
/// <remarks>The exception is caught by name where a form or an endpoint can show the failures, each at its property.</remarks>
internal sealed class ValidationBehavior<TRequest, TResponse>(IEnumerable<IValidator<TRequest>> validators) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : notnull, IRequest<TResponse>
{
    /// <exception cref="ValidationException">A rule of the request's validator does not hold.</exception>
    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        foreach (var validator in validators)
        {
            var result = await validator.ValidateAsync(request, cancellationToken);
            if (!result.IsValid)
                throw new ValidationException(result.Errors);
        }

        return await next();
    }
}
