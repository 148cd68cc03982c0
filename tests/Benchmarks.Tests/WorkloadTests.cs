using System.Text;
using System.Text.Json;
using Benchmarks.Load;
using Line;

namespace Benchmarks.Tests;

/// <summary>The load is what the table says of it.</summary>
public sealed class WorkloadTests
{
    private const int Requests = 20_000;

    private static readonly LoadRequest[] Made = new Workload(new Population(200, 1), seed: 3).Next(Requests);

    [Fact]
    public void Given_a_workload_When_its_requests_are_read_Then_70_15_and_15_in_100_are_messages_postbacks_and_follows()
    {
        var types = Made.CountBy(request => JsonDocument.Parse(request.Body).RootElement.GetProperty("events")[0].GetProperty("type").GetString()!).ToDictionary(one => one.Key, one => one.Value / (double)Requests);
        types["message"].ShouldBe(0.70, 0.02);
        types["postback"].ShouldBe(0.15, 0.02);
        types["follow"].ShouldBe(0.15, 0.02);
    }

    [Fact]
    public void Given_a_workload_When_its_requests_are_measured_Then_each_has_half_a_kilobyte_to_two()
    {
        Made.Min(request => request.Body.Length).ShouldBeInRange(512, 640);
        Made.Max(request => request.Body.Length).ShouldBeInRange(1900, 2112);
    }

    [Fact]
    public void Given_a_workload_When_its_signatures_are_checked_Then_all_but_the_forged_ones_are_the_channels()
    {
        var channel = new LineSignature(Population.ChannelSecret);
        Made.All(request => channel.IsValid(request.Body.Span, SignatureOf(request)) != request.IsForged).ShouldBeTrue();
        Made.Count(request => request.IsForged).ShouldBe(Requests / 1000);
    }

    [Fact]
    public void Given_a_workload_When_its_events_are_counted_Then_every_account_has_its_share_and_its_first_customers_write_most()
    {
        Made.CountBy(request => request.Account).Select(one => one.Value).ShouldAllBe(count => count > 50 && count < 150);
        var users = Made.CountBy(request => request.User).ToDictionary(one => one.Key, one => one.Value);
        ((double)users[0] / users[9]).ShouldBe(10, 2.5);
        Made.DistinctBy(request => request.EventId).Count().ShouldBe(Requests);
    }

    [Fact]
    public void Given_an_account_with_50_times_its_share_When_the_events_are_counted_Then_it_has_that()
    {
        var made = new Workload(new Population(200, 1), seed: 3) { ShareOfFirst = 50 }.Next(Requests);
        (made.Count(request => request.Account == 0) / (double)Requests).ShouldBe(50 / 249.0, 0.01);
    }

    [Fact]
    public void Given_a_body_When_a_forwarder_reads_whose_it_is_Then_it_finds_the_account() =>
        Made.All(request => Population.AccountOf(request.Body.Span) == request.Account).ShouldBeTrue();

    private static string SignatureOf(LoadRequest request)
    {
        var head = Encoding.ASCII.GetString(request.Wire, 0, request.HeadBytes);
        return head.Split("\r\n").Single(line => line.StartsWith(LineSignature.HeaderName, StringComparison.Ordinal))[(LineSignature.HeaderName.Length + 2)..];
    }
}
