using Portal.Catalog;
using Portal.Catalog.Search;

namespace Portal.Tests.Catalog.Search;

public sealed class SearchTextTests
{
    [Theory]
    [InlineData("ﾖﾔｸ", "よやく", "half-width kana")]
    [InlineData("ヨヤク", "よやく", "katakana")]
    [InlineData("臺北", "台北", "variants of Taiwan")]
    [InlineData("会員", "會員", "Japan's form")]
    [InlineData("予約", "預約", "Japan's form of booking")]
    [InlineData("快⼀點", "快一点", "the radical U+2F00 and a variant")]
    [InlineData("ＰＯＳ", "pos", "full-width Latin")]
    [InlineData("Café", "cafe", "an accent")]
    [InlineData("ガ", "が", "voiced kana stays voiced")]
    public void Given_two_ways_to_write_the_same_When_folded_Then_they_are_equal(string one, string other, string because) =>
        SearchText.Fold(one).ShouldBe(SearchText.Fold(other), because);

    [Theory]
    [InlineData("は", "ば")]
    [InlineData("紅茶", "綠茶")]
    [InlineData("คิว", "คืน")]
    public void Given_different_words_When_folded_Then_they_stay_different(string one, string other) =>
        SearchText.Fold(one).ShouldNotBe(SearchText.Fold(other));

    [Theory]
    [InlineData("線上預約系統", "預約", true)]
    [InlineData("線上預約系統", "約系", true)]
    [InlineData("線上預約系統", "約預", false)]
    [InlineData("線上預約系統", "統", true)]
    [InlineData("ระบบจองคิวออนไลน์", "จองคิว", true)]
    [InlineData("ระบบจองคิวออนไลน์", "คิวจอง", false)]
    [InlineData("Salon booking made easy", "book", true)]
    [InlineData("Salon booking made easy", "easy salon", true)]
    [InlineData("Salon booking made easy", "ooking", false)]
    [InlineData("POS機串接", "pos 串接", true)]
    [InlineData("𠮷野家", "𠮷野", true)]
    public void Given_a_text_When_somebody_searches_Then_it_is_found_exactly_when_all_of_the_query_is_in_it(string text, string query, bool isFound)
    {
        var indexed = SearchText.GramsToIndex(text).ToHashSet(StringComparer.Ordinal);
        SearchText.GramsToFind(query).All(indexed.Contains).ShouldBe(isFound);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" 、。!? ")]
    [InlineData("\uD800")]
    public void Given_nothing_to_look_for_When_a_query_is_read_Then_it_has_no_grams(string query) => SearchText.GramsToFind(query).ShouldBeEmpty();

    [Fact]
    public void Given_a_text_of_any_length_When_read_Then_no_gram_is_longer_than_the_table_holds_and_a_query_has_a_limit()
    {
        SearchText.GramsToIndex(new string('a', 200) + new string('預', 200)).Max(gram => gram.Length).ShouldBe(ListingGram.LengthMax);
        SearchText.GramsToFind(string.Concat(Enumerable.Range(0x4E00, 500).Select(sign => (char)sign))).Count.ShouldBe(SearchText.QueryGramsMax);
    }
}
