namespace Tenancy.Tests.Subscriptions;

public sealed class MoneyTests
{
    [Fact]
    public void Given_whole_dollars_and_yen_When_counted_in_minor_units_Then_each_currency_has_its_own_exponent()
    {
        Money.Of(800, Currency.Twd).MinorUnits.ShouldBe(80_000);
        Money.Of(1_980, Currency.Jpy).MinorUnits.ShouldBe(1_980);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(99)]
    [InlineData(80_050)]
    [InlineData(-150)]
    public void Given_cents_of_a_new_taiwan_dollar_When_made_into_money_Then_they_are_refused(long minorUnits) =>
        Should.Throw<ArgumentOutOfRangeException>(() => new Money(minorUnits, Currency.Twd));

    [Fact]
    public void Given_a_single_yen_When_made_into_money_Then_it_is_fine() => new Money(1, Currency.Jpy).MinorUnits.ShouldBe(1);

    [Fact]
    public void Given_amounts_When_shown_Then_grouped_and_without_the_decimals_that_nobody_pays()
    {
        Money.Of(12_800, Currency.Twd).ToString().ShouldBe("TWD 12,800");
        Money.Of(12_800, Currency.Jpy).ToAmountText().ShouldBe("12,800");
        Money.Zero(Currency.Twd).ToAmountText().ShouldBe("0");
    }

    [Fact]
    public void Given_two_currencies_When_added_Then_it_is_refused() =>
        Should.Throw<InvalidOperationException>(() => Money.Of(1, Currency.Twd) + Money.Of(1, Currency.Jpy)).Message.ShouldBe("TWD and JPY do not add up.");

    [Fact]
    public void Given_sums_beyond_all_bounds_When_added_or_made_Then_they_overflow_loudly()
    {
        Should.Throw<OverflowException>(() => new Money(long.MaxValue, Currency.Jpy) + Money.Of(1, Currency.Jpy));
        Should.Throw<OverflowException>(() => Money.Of(long.MaxValue, Currency.Twd));
    }

    [Fact]
    public void Given_a_code_that_we_do_not_charge_in_When_looked_up_Then_the_sentence_says_which_are() =>
        Should.Throw<ArgumentException>(() => Currency.Of("USD")).Message.ShouldContain("TWD or JPY is expected");
}
