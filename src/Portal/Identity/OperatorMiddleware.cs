using Tenancy;

namespace Portal.Identity;

/// <summary>The operator's rooms: for operators only, with everybody's rows, and each visit is logged with who made it.</summary>
internal sealed partial class OperatorMiddleware(RequestDelegate next, ILogger<OperatorMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context, CurrentPerson current, TenantScope scope)
    {
        if (!context.Request.Path.StartsWithSegments("/operations"))
        {
            await next(context);
            return;
        }

        if (current.Person is not { } person)
        {
            SignInRedirect.Answer(context);
            return;
        }

        if (!person.IsOperator)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        Log.Visited(logger, person.Id, context.Request.Method, context.Request.Path);
        scope.EnterEveryTenant("The operator's rooms show every organisation.");
        await next(context);
    }

    private static partial class Log
    {
        [LoggerMessage(4201, LogLevel.Information, "Operator {Person} visits {Method} {Path}.")]
        public static partial void Visited(ILogger logger, PersonId person, string method, PathString path);
    }
}
