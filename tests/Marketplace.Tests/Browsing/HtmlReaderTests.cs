using Marketplace.Browsing;

namespace Marketplace.Tests.Browsing;

public sealed class HtmlReaderTests
{
    private const string Page = """
        <!doctype html><html><head><title>A &amp; B</title><script>if (1 < 2) document.write("<form data-testid='no'>")</script></head>
        <body><!-- <a data-testid="neither">x</a> -->
        <form method="post" action="/go?x=1&amp;y=2"><input type="hidden" name="token" value="a&quot;b">
          <label><input type=radio name=pick value=1><input type="radio" name="pick" value="2" checked></label>
          <input type="checkbox" name="scope" value="read" checked><input type="checkbox" name="scope" value="write" checked><input type="checkbox" name="scope" value="never">
          <select name="country"><option value="TW">Taiwan</option><option value="JP" selected>Japan</option></select>
          <textarea name="note">one < two</textarea><input name="off" value="x" disabled>
          <button name="decision" value="link" data-testid="link">Li<b>nk</b></button>
        </form><p>after<br>all</p></body></html>
        """;

    private readonly Element _page = HtmlReader.Read(Page);

    [Fact]
    public void Given_a_page_When_it_is_read_Then_comments_and_scripts_are_no_elements() =>
        _page.Descendants.Select(element => element.TestId).OfType<string>().ShouldBe(["link"]);

    [Fact]
    public void Given_a_page_When_it_is_read_Then_text_is_decoded_and_elements_stand_where_they_stand()
    {
        _page.Descendants.Single(element => element.Name == "title").Text.ShouldBe("A & B");
        _page.Descendants.Single(element => element.Name == "p").Text.ShouldBe("after all");
        _page.Descendants.Single(element => element.TestId == "link").Ancestors.Select(element => element.Name).ShouldBe(["button", "form", "body", "html", ""]);
    }

    [Fact]
    public void Given_a_form_When_a_button_sends_it_Then_it_sends_what_a_browser_would()
    {
        var button = _page.Descendants.Single(element => element.TestId == "link");

        var form = new Form(button.Ancestors.First(element => element.Name == "form")).Set("pick", "1").With(button);

        form.Action.ShouldBe("/go?x=1&y=2");
        form.IsQuery.ShouldBeFalse();
        form.Fields.Select(field => $"{field.Key}={field.Value}").ShouldBe(
            ["token=a\"b", "scope=read", "scope=write", "country=JP", "note=one < two", "pick=1", "decision=link"], ignoreOrder: true);
    }
}
