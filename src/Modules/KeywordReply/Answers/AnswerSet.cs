using Modules.Kit;

namespace KeywordReply;

/// <summary>Everything one Official Account answers.</summary>
/// <param name="Greeting">To a new friend; 1 to 1000 characters.</param>
/// <param name="Fallback">To a text without a keyword; 1 to 1000 characters.</param>
/// <param name="Rules">1 to 50; the first match of the longest keyword wins.</param>
internal sealed record AnswerSet(string Greeting, string Fallback, IReadOnlyList<AnswerRule> Rules)
{
    public const int RulesMax = 50;

    /// <summary>What is wrong with it, one sentence each with the property's path; empty when it is good.</summary>
    public IReadOnlyDictionary<string, string[]> Problems()
    {
        var problems = new Dictionary<string, string[]>(StringComparer.Ordinal);
        void Check(bool isGood, string path, string problem)
        {
            if (!isGood)
                problems[path] = [problem];
        }

        Check(IsText(Greeting), "greeting", $"1 to {AnswerRule.AnswerChars} characters.");
        Check(IsText(Fallback), "fallback", $"1 to {AnswerRule.AnswerChars} characters.");
        Check(Rules is { Count: >= 1 and <= RulesMax }, "rules", $"1 to {RulesMax} rules.");
        for (var i = 0; i < Math.Min(Rules?.Count ?? 0, RulesMax); i++)
        {
            var rule = Rules![i];
            var hasKeywords = rule?.Keywords is { Count: >= 1 and <= AnswerRule.KeywordsMax } words && words.All(word => Words.Normalise(word).Length is >= 1 and <= AnswerRule.KeywordChars);
            Check(hasKeywords, $"rules[{i}].keywords", $"1 to {AnswerRule.KeywordsMax} words of 1 to {AnswerRule.KeywordChars} characters.");
            var limit = rule?.Kind == AnswerKind.Booking ? AnswerRule.BookingChars : AnswerRule.AnswerChars;
            Check(rule?.Kind == AnswerKind.Silent || (IsText(rule?.Answer) && rule!.Answer.Length <= limit), $"rules[{i}].answer", $"1 to {limit} characters.");
        }

        return problems;
    }

    private static bool IsText(string? text) => !string.IsNullOrWhiteSpace(text) && text.Length <= AnswerRule.AnswerChars;
}
