using Microsoft.AspNetCore.Diagnostics;

namespace Portal.Frame.Errors;

/// <summary>A bug or an outage, told to a program: status 500 and a correlation id, nothing else.</summary>
internal sealed class ProblemForPrograms(IProblemDetailsService problems) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (ErrorPages.IsForPeople(httpContext))
            return false; // The page at /error speaks to people.

        httpContext.Response.StatusCode = StatusCodes.Status500InternalServerError;
        return await problems.TryWriteAsync(new() { HttpContext = httpContext });
    }
}
