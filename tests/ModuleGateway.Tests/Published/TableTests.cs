using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using ModuleGateway.Facade;

namespace ModuleGateway.Tests.Published;

/// <summary>The table of calls, held against what LINE publishes.</summary>
public sealed class TableTests(GatewayHost gateway) : IClassFixture<GatewayHost>
{
    /// <summary>Documented in prose only (partner docs, "LINE notification messages").</summary>
    private static readonly string[] NotDescribed = ["POST /v2/bot/message/pnp/templated/push", "GET /v2/bot/message/delivery/pnp/templated"];

    private static readonly Lazy<IReadOnlyList<(Description Description, Operation Operation)>> Described = new(() =>
    [
        .. from file in Directory.EnumerateFiles(DescriptionsFactAttribute.Folder!, "*.yml").Order(StringComparer.Ordinal)
           let description = Description.Read(file)
           from operation in description.Operations
           select (description, operation),
    ]);

    [DescriptionsFact]
    public void Given_LINEs_descriptions_When_a_call_is_not_served_Then_the_list_says_so_and_holds_no_other()
    {
        var doors = gateway.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Select(method => $"{method} {endpoint.RoutePattern.RawText}") ?? []).ToHashSet();
        var described = Described.Value.Select(one => one.Operation.Name).ToHashSet();
        described.Count.ShouldBeGreaterThan(100);
        described.Except(doors).Order(StringComparer.Ordinal).ShouldBe(IdFields.NotServed.Order(StringComparer.Ordinal));
    }

    [DescriptionsFact]
    public void Given_each_row_When_LINE_describes_the_call_Then_host_bodies_and_retry_key_are_as_LINE_says()
    {
        var described = Described.Value.ToDictionary(one => one.Operation.Name);
        FacadeTable.All.Select(row => row.Name).Concat(FacadeTable.OfModules.Select(row => $"{row.Method} {row.Path}")).Except(described.Keys).Except(NotDescribed).ShouldBeEmpty("LINE has no such call");
        FacadeTable.All.Select(row => row.Name).ShouldBeUnique();
        foreach (var row in FacadeTable.All.Where(row => described.ContainsKey(row.Name)))
        {
            var (description, operation) = described[row.Name];
            var server = (string?)operation.Json["servers"]?[0]?["url"];
            row.Host.ShouldBe(server == "https://api-data.line.me" ? LineHost.Data : LineHost.Api, row.Name);

            var media = ((JsonObject?)operation.Json["requestBody"]?["content"] ?? []).Select(one => one.Key).FirstOrDefault();
            row.Body.ShouldBe(media switch { null => BodyKind.None, "application/json" => BodyKind.Json, _ => BodyKind.Stream }, row.Name);

            var answer = ((JsonObject?)operation.Json["responses"]!["200"]?["content"] ?? []).Select(one => one.Key).FirstOrDefault();
            row.Answer.ShouldBe(answer == "*/*" ? AnswerKind.Stream : AnswerKind.Json, row.Name);

            row.TakesRetryKey.ShouldBe(description.Parameters(operation).Any(parameter => (string?)parameter["name"] == "X-Line-Retry-Key"), row.Name);
        }
    }

    [DescriptionsFact]
    public void Given_each_row_that_sends_When_it_is_read_Then_it_says_by_what_it_is_billed_and_nothing_else_does()
    {
        string[] free = ["POST /v2/bot/message/reply", "POST /v2/bot/message/markAsRead"];
        foreach (var row in FacadeTable.All)
            (row.Bills != Billing.Nothing).ShouldBe(row.Sends && !row.Path.Contains("/validate/", StringComparison.Ordinal) && !free.Contains(row.Name), row.Name);
    }
}
