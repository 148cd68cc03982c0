namespace KeywordReply;

/// <summary>Words, and what is answered to them.</summary>
/// <param name="Keywords">1 to 20 words of 1 to 40 characters. The first one stands for the rule in menus.</param>
/// <param name="Answer">Up to 1000 characters; up to 160 for <see cref="AnswerKind.Booking"/>; empty only for <see cref="AnswerKind.Silent"/>.</param>
/// <param name="Kind">How it looks.</param>
internal sealed record AnswerRule(IReadOnlyList<string> Keywords, string Answer, AnswerKind Kind)
{
    public const int KeywordsMax = 20, KeywordChars = 40, AnswerChars = 1000;
    public const int BookingChars = 160; // LINE's limit for a buttons template without title.
}
