using FluentValidation;
using Microsoft.AspNetCore.Diagnostics;
using Portal.Frame.Errors;

namespace Portal.Frame.Mediation;

/// <summary>Bad input at an endpoint: 400 with every failure, each under its property path.</summary>
internal sealed class InvalidRequestHandler(IProblemDetailsService problems) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is not ValidationException invalid || ErrorPages.IsForPeople(httpContext))
            return false; // The page at /error speaks to people.

        httpContext.Response.StatusCode = StatusCodes.Status400BadRequest;
        var failures = invalid.Errors.GroupBy(failure => failure.PropertyName).ToDictionary(group => group.Key, group => group.Select(failure => failure.ErrorMessage).ToArray());
        return await problems.TryWriteAsync(new() { HttpContext = httpContext, ProblemDetails = new HttpValidationProblemDetails(failures) { Status = StatusCodes.Status400BadRequest } });
    }
}
