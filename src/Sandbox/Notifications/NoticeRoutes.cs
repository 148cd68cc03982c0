using System.Text.RegularExpressions;
using Sandbox.Accounts;
using Sandbox.Api;
using Sandbox.Console;

namespace Sandbox.Notifications;

/// <summary>The call of notification messages, and the console's telephone book.</summary>
internal static partial class NoticeRoutes
{
    public static IServiceCollection AddNotices(this IServiceCollection services)
    {
        services.AddSingleton<NoticeBook>().AddSingleton<SendNotice>();
        return services.AddSingleton<IAccountData>(provider => provider.GetRequiredService<NoticeBook>());
    }

    public static void MapNotices(this IEndpointRouteBuilder routes)
    {
        routes.MapCall<SendNotice>("POST", "/v2/bot/message/pnp/templated/push", (handler, call) => handler.Handle(call));

        var numbers = routes.MapGroup("/sandbox/api/phone-numbers");
        numbers.MapGet("", (NoticeBook book) => book.Numbers());
        numbers.MapGet("/{personId}/waiting", (string personId, NoticeBook book) => book.WaitingFor(personId));
        numbers.MapPut("/{personId}", Set);
    }

    /// <summary>Whether a text is a telephone number in E.164.</summary>
    public static bool IsNumber(string text) => NumberShape().IsMatch(text);

    /// <summary>Sets a person's number, and what they have answered and done: agreeing or confirming by SMS lets through what waited for it.</summary>
    private static IResult Set(string personId, NumberRequest body, NoticeBook book, PeopleDirectory people)
    {
        if (!people.TryFind(personId, out _))
            return ConsoleAnswers.Unknown("person");

        var before = book.NumberOf(personId);
        if ((body.Number ?? before?.Number) is not { } number || !IsNumber(number))
            return ConsoleAnswers.Invalid("number must be + and 8 to 15 digits.");

        var changed = new PhoneNumber(
            personId, number, body.Consent ?? before?.Consent ?? NoticeConsent.Agreed, body.NeedsSms ?? before?.NeedsSms ?? false, body.AcceptsPolicy ?? before?.AcceptsPolicy ?? true);
        return book.TrySet(changed) ? Results.Ok(changed) : ConsoleAnswers.Taken("number");
    }

    [GeneratedRegex(@"\A\+[0-9]{8,15}\z")]
    private static partial Regex NumberShape();

    private sealed record NumberRequest(string? Number, NoticeConsent? Consent, bool? NeedsSms, bool? AcceptsPolicy);
}
