using Portal.Providers;

namespace Portal.Tests.Providers;

/// <summary>Numbers that are published, and numbers that older rules or no rule accept.</summary>
public sealed class RegistrationNumberTests
{
    [Theory]
    [InlineData("TW", "22099131")]
    [InlineData("TW", "04595257")]
    [InlineData("TW", "10458575")]
    [InlineData("TW", "53212539")]
    [InlineData("TW", "04595252")] // Valid since 1 April 2023 only.
    [InlineData("TW", "28829321")]
    [InlineData("JP", "5010001087840")]
    [InlineData("JP", "7000012050002")]
    [InlineData("JP", "8700110005901")]
    [InlineData("JP", "5835678256246")]
    [InlineData("TH", "0107536000102")]
    [InlineData("TH", "0107537000521")]
    [InlineData("TH", "0994000617721")]
    [InlineData("TH", "0993000133978")]
    public void Given_a_companys_number_When_it_is_checked_Then_it_is_taken(string country, string number) => RegistrationNumber.IsValid(country, number).ShouldBeTrue();

    [Theory]
    [InlineData("TW", "12345678")]
    [InlineData("TW", "22822280")]
    [InlineData("TW", "47217977")]
    [InlineData("TW", "88888888")]
    [InlineData("TW", "00000000")]
    [InlineData("TW", "2209913")]
    [InlineData("TW", "220991310")]
    [InlineData("TW", "2209913A")]
    [InlineData("TW", "٢٢٠٩٩١٣١")] // Digits, but not these.
    [InlineData("JP", "2835678256246")]
    [InlineData("JP", "0000000000000")]
    [InlineData("JP", "22099131")]
    [InlineData("TH", "0105562000000")]
    [InlineData("TH", "1101700230708")] // A citizen's.
    [InlineData("TH", "")]
    [InlineData("US", "22099131")]
    public void Given_a_number_that_no_company_has_When_it_is_checked_Then_it_is_refused(string country, string number) => RegistrationNumber.IsValid(country, number).ShouldBeFalse();

    [Theory]
    [InlineData("TW", " ２２０９ ９１３１ ", "22099131")]
    [InlineData("JP", "T5010001087840", "5010001087840")]
    [InlineData("JP", "Ｔ５０１０００１０８７８４０", "5010001087840")]
    [InlineData("JP", "5-0100-0108-7840", "5010001087840")]
    [InlineData("TH", "0-1075-36000-10-2", "0107536000102")]
    [InlineData("TW", null, "")]
    public void Given_a_number_as_people_write_it_When_it_is_kept_Then_only_its_digits_are(string country, string? written, string kept) => RegistrationNumber.Normalize(country, written).ShouldBe(kept);

    [Theory]
    [InlineData("JP", "5010001087840")]
    [InlineData("TH", "0107536000102")]
    public void Given_one_wrong_digit_When_the_number_is_checked_Then_it_is_nearly_always_refused(string country, string number)
    {
        var taken = 0;
        for (var place = 0; place < number.Length; place++)
        {
            for (var digit = '0'; digit <= '9'; digit++)
            {
                if (digit != number[place] && RegistrationNumber.IsValid(country, number[..place] + digit + number[(place + 1)..]))
                    taken++;
            }
        }

        taken.ShouldBeLessThanOrEqualTo(13, "of 117: arithmetic modulo 9 cannot tell 0 from 9, and modulo 11 folds 10 into 0");
    }
}
