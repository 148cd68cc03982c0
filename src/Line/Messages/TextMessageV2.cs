using System.Text.RegularExpressions;
using Line.Validation;

namespace Line;

/// <summary>A text with people and LINE's own emoji in it. <see cref="TextMessageV2Builder"/> writes one.</summary>
/// <param name="Text">1 to 5000 UTF-16 units. <c>{key}</c> stands for what <see cref="Substitution"/> says; <c>{{</c> and <c>}}</c> for the braces themselves.</param>
public sealed partial record TextMessageV2(string Text) : LineMessage
{
    /// <summary>Most substitutions, and most of each kind.</summary>
    public const int SubstitutionsMax = 100, MentionsMax = 20, EmojisMax = 20;

    private protected override string Kind => "textV2";

    /// <summary>What stands where: by keys of 1 to 20 letters, digits and underscores.</summary>
    public IReadOnlyDictionary<string, TextSubstitution>? Substitution { get; init; }

    /// <summary>Quotes a message of the same chat.</summary>
    public string? QuoteToken { get; init; }

    private protected override void CheckOwn(FaultFinder faults)
    {
        faults.Text("text", Text, TextMessage.TextMax);
        if (Substitution is null || !faults.Size("substitution", Substitution, 0, SubstitutionsMax))
            return;

        foreach (var (key, value) in Substitution)
        {
            if (!Key().IsMatch(key))
                faults.Add($"substitution.{key}", $"the key must match {Key()}");

            faults.Part($"substitution.{key}", value);
        }

        if (Substitution.Values.Count(value => value is MentionSubstitution) > MentionsMax)
            faults.Add("substitution", $"at most {MentionsMax} mentions are taken");

        if (Substitution.Values.Count(value => value is EmojiSubstitution) > EmojisMax)
            faults.Add("substitution", $"at most {EmojisMax} emoji are taken");
    }

    [GeneratedRegex("^[0-9a-zA-Z_]{1,20}$")]
    private static partial Regex Key();
}
