using FluentValidation;

namespace Portal.Identity;

/// <summary>What a passphrase must be: long rather than odd. 12 to 200 characters, at least five different ones, and not the person's own e-mail or name.</summary>
/// <remarks>Passphrases that were stolen elsewhere cannot be recognised: no such list is at hand (ADR 0025).</remarks>
public static class PassphraseRule
{
    public const int LengthMin = 12;
    public const int LengthMax = 200;

    public static bool Holds(string? passphrase, string? email = null, string? name = null) =>
        passphrase is { Length: >= LengthMin and <= LengthMax }
        && passphrase.Distinct().Take(5).Count() == 5
        && !IsMostly(passphrase, email) && !IsMostly(passphrase, email?.Split('@')[0]) && !IsMostly(passphrase, name);

    public static IRuleBuilderOptions<T, string?> IsPassphrase<T>(this IRuleBuilder<T, string?> rule, Func<T, string?>? email = null, Func<T, string?>? name = null) =>
        rule.Must((request, passphrase) => Holds(passphrase, email?.Invoke(request), name?.Invoke(request)));

    /// <summary>Whether it is little more than a word that everybody knows of this person.</summary>
    private static bool IsMostly(string passphrase, string? known) =>
        known is { Length: >= 4 } && passphrase.Contains(known, StringComparison.OrdinalIgnoreCase) && passphrase.Length - known.Length < 8;
}
