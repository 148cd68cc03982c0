using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Portal.Tests.Hosting;

namespace Portal.Tests.Frame;

public sealed class ErrorPagesTests
{
    private const string Lost = "CatalogStamps";

    [Fact]
    public async Task Given_a_page_that_breaks_When_a_person_opens_it_Then_they_read_a_sentence_and_a_reference_and_nothing_else()
    {
        await using var portal = await BrokenAsync();
        var (answer, html) = await portal.GetAsync("/catalog");
        answer.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        html.ShouldContain("data-testid=\"correlation-id\"");
        html.ShouldContain("Something broke on our side");
        html.ShouldNotContain(Lost);
    }

    [Fact]
    public async Task Given_a_page_that_breaks_When_a_program_opens_it_Then_it_gets_a_problem_with_a_correlation_id_and_nothing_else()
    {
        await using var portal = await BrokenAsync();
        var (answer, body) = await portal.GetAsync("/catalog", ("Accept", "application/json"));
        answer.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        using var problem = JsonDocument.Parse(body);
        problem.RootElement.GetProperty("correlationId").GetString().ShouldNotBeNullOrEmpty();
        body.ShouldNotContain(Lost);
    }

    [Theory]
    [InlineData("text/html", "That form could not be read")]
    [InlineData("application/json", "\"WebhookUrl\":[\"")]
    public async Task Given_input_of_the_wrong_shape_When_a_command_gets_it_Then_person_and_program_read_a_400_each_in_their_way(string accept, string told)
    {
        await using var portal = await PortalHost.StartAsync();
        using var http = new HttpClient { BaseAddress = portal.Address };
        http.DefaultRequestHeaders.Add("Accept", accept);
        http.DefaultRequestHeaders.Add("Accept-Language", "en");
        using var refused = await http.PostAsJsonAsync("/dev/modules", new { webhookUrl = "no address" });
        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await refused.Content.ReadAsStringAsync()).ShouldContain(told);
    }

    [Fact]
    public async Task Given_an_address_of_nothing_When_opened_or_posted_to_Then_the_answer_is_404_with_a_way_on()
    {
        await using var portal = await PortalHost.StartAsync();
        var (answer, html) = await portal.GetAsync("/no/such/page");
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        html.ShouldContain("There is nothing at this address");

        using var http = new HttpClient { BaseAddress = portal.Address };
        using var form = new FormUrlEncodedContent([new("a", "b")]);
        using var posted = await http.PostAsync("/no/such/page", form);
        posted.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private static async Task<PortalHost> BrokenAsync()
    {
        var portal = await PortalHost.StartAsync();
        await portal.InDatabaseAsync(db => db.Database.ExecuteSqlRawAsync($"DROP TABLE {Lost}"));
        return portal;
    }
}
