using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Marketplace.Browsing;
using Marketplace.Hosting;

namespace Marketplace.Tests.Hosting;

public sealed class StartTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _portBase = $"{Ports.FindBase()}";

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Given_an_empty_folder_When_the_program_is_started_Then_every_room_answers_and_a_signal_stops_it_in_order()
    {
        await using var market = MarketProcess.Start(_folder.Path, "--port-base", _portBase);

        var ready = JsonNode.Parse((await market.LineAsync("ready "))["ready ".Length..])!;

        using var http = new HttpClient();
        foreach (var (room, path) in new[] { ("portal", "/"), ("gateway", "/health/live"), ("sandbox", "/phone"), ("keywordReply", "/setup"), ("liveDesk", "/desk") })
        {
            using var answer = await http.GetAsync(new Uri(new Uri(ready[room]!.GetValue<string>()), path));
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, $"{room}{path}");
        }

        Directory.Exists(_folder.At("data")).ShouldBeTrue();
        var (code, errors) = await market.StopAsync();
        (code, errors).ShouldBe((0, ""));
    }

    [Fact]
    public async Task Given_a_fresh_instance_When_it_names_whom_to_sign_in_as_Then_these_people_are_there()
    {
        await using var market = MarketProcess.Start(_folder.Path, "--port-base", _portBase);
        var portalLine = await market.LineAsync("  Market");
        var operatorLine = await market.LineAsync("  Operator");
        var lineLine = await market.LineAsync("Where LINE asks");
        var ready = JsonSerializer.Deserialize<Addresses>((await market.LineAsync("ready "))["ready ".Length..], JsonSerializerOptions.Web)!;

        using var browser = new Browser();
        var signIn = await browser.OpenAsync(new Uri(ready.Portal, "/sign-in"), CancellationToken.None);
        using var http = new HttpClient();
        var managers = await http.GetStringAsync(new Uri(ready.Sandbox, "/sandbox/api/managers"));

        portalLine.ShouldContain("林予青");
        signIn.Get("sign-in-lin").Text.ShouldContain("林予青");
        operatorLine.ShouldContain("市集管理員");
        signIn.Get("sign-in-operator").Text.ShouldContain("市集管理員");
        lineLine.ShouldContain("林小姐, lin@qinghe.example");
        managers.ShouldContain("lin@qinghe.example");
    }

    [Fact]
    public async Task Given_an_instance_with_data_When_it_is_started_again_Then_it_knows_what_was_there_and_takes_its_ports_again()
    {
        await using (var first = MarketProcess.Start(_folder.Path, "--port-base", _portBase))
        {
            await first.LineAsync("ready ");
            await first.StopAsync();
        }

        var secrets = await File.ReadAllTextAsync(_folder.At("data/secrets.json"));
        await using var second = MarketProcess.Start(_folder.Path);
        var ready = await second.LineAsync("ready ");

        JsonSerializer.Deserialize<Addresses>(ready["ready ".Length..], JsonSerializerOptions.Web)!.Portal.Port.ShouldBe(int.Parse(_portBase));
        (await File.ReadAllTextAsync(_folder.At("data/secrets.json"))).ShouldBe(secrets);
    }

    [Fact]
    public async Task Given_a_fresh_folder_When_secrets_are_made_Then_only_their_owner_reads_them_and_nothing_prints_them()
    {
        await using var market = MarketProcess.Start(_folder.Path, "--port-base", _portBase);
        await market.LineAsync("ready ");
        var (_, errors) = await market.StopAsync();

        var file = _folder.At("data/secrets.json");
        var secrets = JsonSerializer.Deserialize<InstanceSecrets>(await File.ReadAllTextAsync(file), JsonSerializerOptions.Web)!;
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var printed = await market.RestAsync() + errors;
        foreach (var secret in new[] { secrets.ManagementKey, secrets.ModuleChannel.ChannelSecret, secrets.KeywordReply.ChannelSecret, secrets.LiveDesk.ChannelSecret })
            printed.ShouldNotContain(secret);
    }
}
