namespace Sandbox.Console;

/// <summary>The console's refusals: a stable code and one sentence.</summary>
internal static class ConsoleAnswers
{
    public static IResult Unknown(string what) => Results.Json(new { Code = "unknown", Message = $"There is no such {what}." }, statusCode: 404);

    public static IResult Taken(string what) => Results.Json(new { Code = "taken", Message = $"This {what} exists already." }, statusCode: 409);

    public static IResult Invalid(string message) => Results.Json(new { Code = "invalid", Message = message }, statusCode: 400);
}
