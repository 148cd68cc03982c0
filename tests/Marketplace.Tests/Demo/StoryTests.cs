using System.Text.Json.Nodes;
using Marketplace.Demo;
using Marketplace.Hosting;
using Marketplace.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ModuleGateway;

namespace Marketplace.Tests.Demo;

public sealed class StoryTests
{
    private static readonly TimeSpan Ample = TimeSpan.FromSeconds(60), Short = TimeSpan.FromSeconds(8);

    [Fact]
    public async Task Given_one_instance_When_the_story_is_played_three_times_Then_every_step_passes_each_time()
    {
        await using var market = await Market.StartAsync();

        for (var run = 1; run <= 3; run++)
            (await PlayAsync(market, Ample)).ShouldAllBe(result => result.Passed);
    }

    [Fact]
    public async Task Given_a_keyword_module_that_takes_webhooks_and_does_nothing_When_the_story_is_played_Then_it_ends_at_the_missing_greeting()
    {
        await using var market = await Market.StartAsync((room, builder) =>
        {
            if (room == Room.KeywordReply)
                builder.Services.Remove(builder.Services.Single(service => service.ServiceType == typeof(IHostedService) && service.ImplementationType?.Name == "InboxWorker"));
        });

        var failed = (await PlayAsync(market, Short))[^1];

        (failed.Passed, failed.Name).ShouldBe((false, "A new friend on the phone is greeted by the module"));
        failed.Came.ShouldBe("no message in time");
    }

    [Fact]
    public async Task Given_a_gateway_that_leaves_ids_unmapped_When_the_story_is_played_Then_it_ends_where_LINEs_id_is_seen()
    {
        await using var market = await Market.StartAsync((room, builder) =>
        {
            if (room == Room.Gateway)
                builder.Services.AddSingleton(new Mutants { LeaveIdsUnmapped = true });
        });

        var failed = (await PlayAsync(market, Ample))[^1];

        (failed.Passed, failed.Name).ShouldBe((false, "LINE's webhook is routed to it by Bot ID, signed, on standby and without LINE's ids"));
        failed.Expected.ShouldBe("no LINE id in what the module got");
    }

    [Fact]
    public async Task Given_no_instance_When_the_demo_is_started_as_json_Then_it_starts_its_own_and_prints_one_document_that_passed()
    {
        using var folder = new TemporaryFolder();
        await using var demo = MarketProcess.Start(folder.Path, "demo", "--json", "--port-base", $"{Ports.FindBase()}");

        var (code, errors) = await demo.EndAsync();
        var report = JsonNode.Parse(await demo.RestAsync())!;

        code.ShouldBe(0, errors);
        report["passed"]!.GetValue<bool>().ShouldBeTrue();
        report["steps"]!.AsArray().Count.ShouldBe(Story.Steps.Count);
        Directory.EnumerateFileSystemEntries(folder.Path).ShouldBeEmpty(); // Its data was temporary.
    }

    [Fact]
    public async Task Given_an_instance_without_the_keyword_module_When_the_demo_is_started_Then_it_names_the_step_and_what_came_and_ends_with_1()
    {
        using var folder = new TemporaryFolder();
        await using var demo = MarketProcess.Start(folder.Path, "demo", "--without", "keyword-reply", "--port-base", $"{Ports.FindBase()}");

        var (code, _) = await demo.EndAsync();
        var told = await demo.RestAsync();

        code.ShouldBe(1);
        told.ShouldContain($"of {Story.Steps.Count} failed");
        told.TrimEnd().ShouldEndWith("The module's own set-up page takes a keyword of this shop.");
        told.ShouldContain("Connection refused");
    }

    private static async Task<IReadOnlyList<StepResult>> PlayAsync(Market market, TimeSpan stepMax)
    {
        await using var cast = new Cast(market.Addresses, TimeProvider.System);
        return await new Story(TimeProvider.System, stepMax).PlayAsync(cast, _ => { }, CancellationToken.None);
    }
}
