using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Line;
using Sandbox.Accounts;

namespace Sandbox.Console;

/// <summary>Makes LINE users and account managers.</summary>
internal static partial class PeopleConsole
{
    public static void Map(RouteGroupBuilder console)
    {
        console.MapPost("/people", AddPerson);
        console.MapGet("/managers", (ManagerDirectory managers) => managers.All().Select(View));
        console.MapPost("/managers", AddManager);
        console.MapPut("/managers/{email}/rights/{botId}", (string email, BotId botId, RightRequest body, ManagerDirectory managers, AccountDirectory accounts) =>
            accounts.TryFind(botId, out _) && managers.SetRole(email, botId, body.Role) ? Results.NoContent() : ConsoleAnswers.Unknown("manager or account"));
    }

    private static IResult AddPerson(PersonRequest body, PeopleDirectory people)
    {
        var id = body.Id ?? $"person-{RandomNumberGenerator.GetString("abcdefghijkmnpqrstuvwxyz23456789", 8)}";
        if (body.Name is not { Length: >= 1 and <= 50 } name || !PersonIdShape().IsMatch(id))
            return ConsoleAnswers.Invalid("name must be 1 to 50 characters, id 1 to 40 lower-case letters, digits or hyphens.");

        var person = new Person(id, new Guid(RandomNumberGenerator.GetBytes(16)), name, body.Language ?? "zh-TW", "#cfc3e6", body.StatusMessage, body.Demographics);
        return people.TryAdd(person) ? Results.Json(new { person.Id, person.Name, person.Language }, statusCode: 201) : ConsoleAnswers.Taken("person");
    }

    private static IResult AddManager(ManagerRequest body, ManagerDirectory managers)
    {
        if (body.Email?.Trim().ToLowerInvariant() is not { Length: >= 3 and <= 254 } email || !email.Contains('@', StringComparison.Ordinal)
            || body.Name is not { Length: >= 1 and <= 50 } name || body.Password is not { Length: >= 8 and <= 100 } password)
        {
            return ConsoleAnswers.Invalid("email must be an address, name 1 to 50 characters, password 8 to 100.");
        }

        var manager = new Manager(email, name, PasswordHash.Create(password), body.IsDemo ?? false, []);
        return managers.TryAdd(manager) ? Results.Json(View(manager), statusCode: 201) : ConsoleAnswers.Taken("manager");
    }

    private static object View(Manager manager) => new { manager.Email, manager.Name, manager.IsDemo, manager.Rights };

    [GeneratedRegex("^[a-z0-9-]{1,40}$", RegexOptions.CultureInvariant)]
    private static partial Regex PersonIdShape();

    private sealed record PersonRequest(string? Id, string? Name, string? Language, string? StatusMessage, Demographics? Demographics);

    private sealed record ManagerRequest(string? Email, string? Name, string? Password, bool? IsDemo);

    private sealed record RightRequest(AccountRole? Role);
}
