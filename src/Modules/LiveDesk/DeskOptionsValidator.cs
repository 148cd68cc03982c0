using Microsoft.Extensions.Options;

namespace LiveDesk;

/// <summary>Says at the start, all at once, what is wrong.</summary>
internal sealed class DeskOptionsValidator : IValidateOptions<DeskOptions>
{
    private const int TextChars = 1000;

    public ValidateOptionsResult Validate(string? name, DeskOptions options)
    {
        var failures = Failures(options).ToList();
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static IEnumerable<string> Failures(DeskOptions options)
    {
        if (options.HoldTime < TimeSpan.FromMinutes(1) || options.HoldTime > TimeSpan.FromDays(365))
            yield return $"Desk:HoldTime must be 1 minute to 365 days; it is {options.HoldTime}.";

        if (options.WordsInUse.Count == 0 || options.WordsInUse.Any(string.IsNullOrWhiteSpace))
            yield return "Desk:Words must be one word or more, none of them empty.";

        if (options.TakenText.Length is < 1 or > TextChars)
            yield return $"Desk:TakenText must be 1 to {TextChars} characters; it has {options.TakenText.Length}.";

        if (options.ReturnedText.Length > TextChars)
            yield return $"Desk:ReturnedText must be {TextChars} characters at most; it has {options.ReturnedText.Length}.";
    }
}
