using System.Net;
using Line;
using Microsoft.AspNetCore.Http.HttpResults;

namespace KeywordReply;

/// <summary>The JSON behind the set-up page. An account is shown only while the platform says that this module serves it.</summary>
internal static class SetupEndpoints
{
    public static void MapSetup(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/setup/api/answers", GetAsync);
        routes.MapPut("/setup/api/answers", PutAsync);
    }

    private static async Task<Results<Ok<SetupPage>, ProblemHttpResult>> GetAsync(
        string bot, AnswerBook book, LineClient line, CancellationToken cancellationToken)
    {
        var (id, name, problem) = await AccountAsync(bot, line, cancellationToken);
        if (problem is not null)
            return problem;

        var answers = book.Of(id);
        return TypedResults.Ok(new SetupPage(name!, ReferenceEquals(answers, BuiltInAnswers.Set), answers));
    }

    private static async Task<Results<NoContent, ProblemHttpResult, ValidationProblem>> PutAsync(
        string bot, AnswerSet answers, AnswerBook book, LineClient line, CancellationToken cancellationToken)
    {
        var (id, _, problem) = await AccountAsync(bot, line, cancellationToken);
        if (problem is not null)
            return problem;

        if (answers.Problems() is { Count: > 0 } problems)
            return TypedResults.ValidationProblem(problems.ToDictionary());

        book.Save(id, answers);
        return TypedResults.NoContent();
    }

    private static async Task<(BotId Bot, string? Name, ProblemHttpResult? Problem)> AccountAsync(string bot, LineClient line, CancellationToken cancellationToken)
    {
        if (!BotId.TryParse(bot, null, out var id))
            return (default, null, Problem(404, "unknown-account", "This address names no account."));

        try
        {
            return (id, (await line.For(id).Channel.GetBotInfoAsync(cancellationToken)).DisplayName, null);
        }
        catch (LineApiException refusal) when (refusal.Status is HttpStatusCode.Forbidden or HttpStatusCode.NotFound)
        {
            return (id, null, Problem(404, "unknown-account", "This account is not connected with this module."));
        }
        catch (Exception exception) when (exception is LineApiException or HttpRequestException
            || (exception is TaskCanceledException && !cancellationToken.IsCancellationRequested)) // HttpClient's way to say that time is over.
        {
            return (id, null, Problem(503, "platform-away", $"The platform does not answer: {exception.Message}"));
        }
    }

    private static ProblemHttpResult Problem(int status, string code, string detail) =>
        TypedResults.Problem(detail, statusCode: status, type: $"urn:keyword-reply:{code}");

    /// <param name="AccountName">As customers see it.</param>
    /// <param name="IsBuiltIn">Nothing was saved yet.</param>
    /// <param name="Answers">What is answered now.</param>
    internal sealed record SetupPage(string AccountName, bool IsBuiltIn, AnswerSet Answers);
}
