using System.Net;
using System.Net.Http.Json;
using Sandbox.Tests.Support;

namespace Sandbox.Tests.Mailboxes;

public sealed class MailboxTests : IAsyncLifetime
{
    private SandboxHost _host = null!;

    public async Task InitializeAsync() => _host = await SandboxHost.StartAsync();

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Given_a_mail_that_was_sent_twice_When_its_mailbox_is_opened_Then_it_lies_there_once_with_links_that_can_be_pressed()
    {
        var id = Guid.NewGuid();
        foreach (var _ in new[] { 1, 2 })
            (await SendAsync(id, "Lin@Example.com", "Reset <your> passphrase", "Dear Lin,\n\nhttps://market.test/reset?token=a&b=1\n")).ShouldBe(HttpStatusCode.NoContent);

        var inbox = await _host.Http.GetStringAsync("/sandbox/mail/lin@example.com");
        inbox.Split("data-testid=\"mail\"").Length.ShouldBe(2);
        inbox.ShouldContain("Reset &lt;your&gt; passphrase");
        var mail = await _host.Http.GetStringAsync($"/sandbox/mail/lin@example.com/{id}");
        mail.ShouldContain("href=\"https://market.test/reset?token=a&amp;b=1\"");
        (await _host.Http.GetStringAsync("/sandbox/mail")).ShouldContain("lin@example.com");
    }

    [Fact]
    public async Task Given_a_mail_with_HTML_When_it_is_shown_Then_nothing_in_it_may_run()
    {
        var id = Guid.NewGuid();
        await SendAsync(id, "lin@example.com", "Hello", "Hello", "<p>Hello</p><script>alert(1)</script>");

        using var answer = await _host.Http.GetAsync($"/sandbox/mail/lin@example.com/{id}/html");

        answer.Headers.GetValues("Content-Security-Policy").Single().ShouldStartWith("sandbox allow-popups");
        (await _host.Http.GetStringAsync($"/sandbox/mail/lin@example.com/{id}")).ShouldNotContain("<script");
    }

    [Fact]
    public async Task Given_something_that_is_no_mail_When_it_is_sent_Then_it_is_refused() =>
        (await SendAsync(Guid.NewGuid(), "nobody", "Hello", "Hello")).ShouldBe(HttpStatusCode.BadRequest);

    private async Task<HttpStatusCode> SendAsync(Guid id, string to, string subject, string text, string html = "")
    {
        using var answer = await _host.Http.PostAsJsonAsync("/sandbox/api/mail", new { id, from = "market@example.com", to, subject, text, html });
        return answer.StatusCode;
    }
}
