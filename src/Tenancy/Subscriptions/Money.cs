using System.Globalization;

namespace Tenancy;

/// <summary>A currency that we charge in, with its two exponents: they differ, and culture data knows neither.</summary>
/// <param name="Code">ISO 4217.</param>
/// <param name="ChargeExponent">Digits after the point in minor units as the payment provider counts them: TWD 2, JPY 0.</param>
/// <param name="DisplayExponent">Digits after the point that people are shown, and the finest price allowed: TWD 0, JPY 0.</param>
public sealed record Currency(string Code, int ChargeExponent, int DisplayExponent)
{
    public static Currency Twd { get; } = new("TWD", 2, 0);

    public static Currency Jpy { get; } = new("JPY", 0, 0);

    /// <exception cref="ArgumentException">No currency of ours.</exception>
    public static Currency Of(string code) => code switch
    {
        "TWD" => Twd,
        "JPY" => Jpy,
        _ => throw new ArgumentException($"'{code}' is no currency that we charge in: TWD or JPY is expected.", nameof(code)),
    };

    /// <summary>Minor units in the smallest amount that may be shown: 100 for TWD, 1 for JPY.</summary>
    public long Step => (long)Math.Pow(10, ChargeExponent - DisplayExponent);
}

/// <summary>An amount in minor units of its currency, always a whole number of what people can be shown.</summary>
public readonly record struct Money
{
    public Money(long minorUnits, Currency currency)
    {
        ArgumentNullException.ThrowIfNull(currency);
        if (minorUnits % currency.Step != 0)
            throw new ArgumentOutOfRangeException(nameof(minorUnits), minorUnits, $"{currency.Code} amounts are multiples of {currency.Step} minor units.");

        MinorUnits = minorUnits;
        Currency = currency;
    }

    public long MinorUnits { get; }

    public Currency Currency { get; }

    public bool IsZero => MinorUnits == 0;

    /// <summary>From whole units as people say them: <c>Money.Of(800, Currency.Twd)</c> is NT$800.</summary>
    public static Money Of(long units, Currency currency)
    {
        ArgumentNullException.ThrowIfNull(currency);
        return new Money(checked(units * (long)Math.Pow(10, currency.ChargeExponent)), currency);
    }

    public static Money Zero(Currency currency) => new(0, currency);

    public static Money operator +(Money left, Money right) =>
        left.Currency == right.Currency ? new Money(checked(left.MinorUnits + right.MinorUnits), left.Currency) : throw new InvalidOperationException($"{left.Currency?.Code} and {right.Currency?.Code} do not add up.");

    public static Money Add(Money left, Money right) => left + right;

    /// <summary>The amount without its sign of currency, grouped: <c>12,800</c>.</summary>
    public string ToAmountText() =>
        (MinorUnits / (decimal)Math.Pow(10, Currency.ChargeExponent)).ToString($"N{Currency.DisplayExponent}", CultureInfo.InvariantCulture);

    public override string ToString() => $"{Currency.Code} {ToAmountText()}";
}
