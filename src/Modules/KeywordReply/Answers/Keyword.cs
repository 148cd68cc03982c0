using Modules.Kit;

namespace KeywordReply;

/// <summary>Finds the rule that a customer's words call for.</summary>
internal static class Keyword
{
    /// <summary>The rule whose longest keyword stands in the text; an exact match beats any other. Null when none does.</summary>
    /// <param name="rules">In the owner's order, which decides between equals.</param>
    /// <param name="text">What the customer wrote.</param>
    /// <param name="isExact">Whether the whole text must be the keyword.</param>
    public static AnswerRule? Find(IReadOnlyList<AnswerRule> rules, string text, bool isExact)
    {
        var said = Words.Normalise(text);
        var matches =
            from rule in rules
            from keyword in rule.Keywords
            let word = Words.Normalise(keyword)
            where isExact ? said == word : Words.Contain(said, word)
            orderby said == word descending, word.Length descending
            select rule;
        return matches.FirstOrDefault();
    }
}
