using System.Diagnostics;
using FluentValidation;
using Microsoft.AspNetCore.Diagnostics;
using Portal.Frame.Mediation;

namespace Portal.Frame.Errors;

/// <summary>One page for people and one problem document for programs, both with the id under which the log knows the case.</summary>
internal static class ErrorPages
{
    public static void AddErrorPages(this IServiceCollection services)
    {
        services.AddExceptionHandler<InvalidRequestHandler>();
        services.AddExceptionHandler<ProblemForPrograms>();
        services.AddProblemDetails(options => options.CustomizeProblemDetails = context =>
        {
            context.ProblemDetails.Extensions.Remove("traceId");
            context.ProblemDetails.Extensions["correlationId"] = CorrelationId(context.HttpContext);
        });
    }

    public static void UseErrorPages(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandlingPath = "/error",
            CreateScopeForErrors = true,
            StatusCodeSelector = exception => exception is ValidationException ? StatusCodes.Status400BadRequest : StatusCodes.Status500InternalServerError,
        });
        app.UseStatusCodePagesWithReExecute("/status/{0}", createScopeForStatusCodePages: true);
        app.Use((context, next) =>
        {
            // An error page is read, never posted to: otherwise a failed POST would be taken for a form of the page that explains it.
            if (context.Features.Get<IStatusCodeReExecuteFeature>() is not null || context.Features.Get<IExceptionHandlerPathFeature>() is not null)
                context.Request.Method = HttpMethods.Get;

            return next(context);
        });
        app.UseMiddleware<AccessRefusedMiddleware>();
    }

    /// <summary>The trace id when there is a trace, so that one id finds the whole way through the rooms.</summary>
    public static string CorrelationId(HttpContext context) => Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier;

    /// <summary>True when a person is reading.</summary>
    public static bool IsForPeople(HttpContext context) =>
        context.Request.GetTypedHeaders().Accept is { } accepted && accepted.Any(type => type.MediaType == "text/html" && type.Quality is (null or > 0));
}
