using System.Text;

namespace Portal.Providers;

/// <summary>The number under which a company stands in its country's register.</summary>
/// <remarks>
/// The check digit guards against slips of the pen and proves nothing: in Taiwan one in five of all numbers passes. What proves is the certificate, and a reviewer's look at the register.
/// </remarks>
public static class RegistrationNumber
{
    /// <summary>Longest one, as it is kept.</summary>
    public const int LengthMax = 13;

    private const int JapaneseDigits = 13;

    /// <summary>As it is kept and compared: digits only. Full-width digits, blanks and hyphens are forgiven, and in Japan the T of an invoice number.</summary>
    public static string Normalize(string country, string? text)
    {
        var folded = new string([.. (text ?? "").Normalize(NormalizationForm.FormKC).Where(sign => !char.IsWhiteSpace(sign) && sign is not ('-' or '‐' or '−' or 'ー'))]);
        return country == "JP" && folded.Length == JapaneseDigits + 1 && folded[0] is 'T' or 't' ? folded[1..] : folded;
    }

    /// <param name="country">TW, JP or TH; no other country's companies are certified.</param>
    /// <param name="number">As <see cref="Normalize"/> leaves it.</param>
    public static bool IsValid(string country, string number)
    {
        ArgumentNullException.ThrowIfNull(number);
        return number.Length <= LengthMax && number.All(char.IsAsciiDigit) && country switch
        {
            "TW" => IsTaiwanese(number),
            "JP" => IsJapanese(number),
            "TH" => IsThaiCompany(number),
            _ => false,
        };
    }

    /// <summary>統一編號. Since 1 April 2023 the sum is a multiple of 5, no longer of 10: numbers of both ages look alike. Source: notice of the Ministry of Finance.</summary>
    private static bool IsTaiwanese(string number)
    {
        ReadOnlySpan<int> weights = [1, 2, 1, 2, 1, 2, 4, 1];
        const int SeventhPlace = 6;
        if (number.Length != weights.Length || number == "00000000") // Passes the arithmetic, and is nobody.
            return false;

        var sum = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            var product = (number[i] - '0') * weights[i];
            sum += product / 10 + product % 10;
        }

        // 7 × 4 = 28, 2 + 8 = 10: its digits may be added once more, to 1 or to 0.
        return sum % 5 == 0 || (number[SeventhPlace] == '7' && (sum + 1) % 5 == 0);
    }

    /// <summary>法人番号: the first digit checks the twelve after it, counted from the right with weights 1, 2, 1, 2, … Source: National Tax Agency.</summary>
    private static bool IsJapanese(string number)
    {
        if (number.Length != JapaneseDigits)
            return false;

        var sum = 0;
        for (var place = 1; place < JapaneseDigits; place++)
            sum += (number[^place] - '0') * (place % 2 == 1 ? 1 : 2);

        return number[0] - '0' == 9 - sum % 9;
    }

    /// <summary>A juristic person's tax number begins with 0; one of a natural person is a citizen's id, and no company's. The last digit checks the others.</summary>
    private static bool IsThaiCompany(string number)
    {
        const int Digits = 13;
        if (number.Length != Digits || number[0] != '0')
            return false;

        var sum = 0;
        for (var i = 0; i < Digits - 1; i++)
            sum += (number[i] - '0') * (Digits - i);

        return number[^1] - '0' == (11 - sum % 11) % 10;
    }
}
