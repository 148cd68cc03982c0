using System.Net;
using System.Net.Sockets;
using Marketplace.Hosting;

namespace Marketplace.Tests.Hosting;

public sealed class StartRefusalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly int _portBase = Ports.FindBase();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData((int)Room.Portal, "the portal")]
    [InlineData((int)Room.LiveDesk, "the live-desk")]
    public async Task Given_a_port_in_use_When_the_program_is_started_Then_one_sentence_names_port_and_room(int room, string name)
    {
        using var other = new TcpListener(IPAddress.Loopback, _portBase + room);
        other.Start();

        var errors = await RefusedAsync();

        errors.ShouldContain($"Port {_portBase + room}");
        errors.ShouldContain(name);
        errors.ShouldContain("--port-base");
    }

    [Fact]
    public async Task Given_a_file_where_the_data_folder_should_be_When_the_program_is_started_Then_one_sentence_names_it()
    {
        await File.WriteAllTextAsync(_folder.At("data"), "no folder");

        (await RefusedAsync()).ShouldContain($"The data folder {_folder.At("data")} cannot be written");
    }

    [Fact]
    public async Task Given_a_place_where_nobody_can_write_When_the_program_is_started_Then_one_sentence_names_it() =>
        (await RefusedAsync("--data", "/proc/market")).ShouldContain("The data folder /proc/market cannot be written");

    [Fact]
    public async Task Given_an_instance_that_has_the_folder_When_another_is_started_on_it_Then_one_sentence_says_so()
    {
        await using var first = MarketProcess.Start(_folder.Path, "--port-base", $"{_portBase}");
        await first.LineAsync("ready ");

        (await RefusedAsync()).ShouldContain("is in use by another Module Market");
    }

    [Fact]
    public async Task Given_a_folder_made_for_other_ports_When_the_program_is_started_Then_one_sentence_says_which()
    {
        using (DataFolder.Open(_folder.At("data"), 4000))
        {
        }

        (await RefusedAsync()).ShouldContain("was made for --port-base 4000");
    }

    [Theory]
    [InlineData("market.db")]
    [InlineData("gateway.db")]
    [InlineData("sandbox.db")]
    [InlineData("live-desk.db")]
    public async Task Given_a_database_that_is_none_When_the_program_is_started_Then_one_sentence_names_the_file(string file)
    {
        Directory.CreateDirectory(_folder.At("data"));
        await File.WriteAllTextAsync(_folder.At($"data/{file}"), "This is a text, whatever its name says, and it is long enough to be looked at as a page.");

        (await RefusedAsync()).ShouldContain($"The database {_folder.At($"data/{file}")} cannot be used (file is not a database)");
    }

    [Fact]
    public async Task Given_secrets_that_cannot_be_read_When_the_program_is_started_Then_one_sentence_names_the_file()
    {
        Directory.CreateDirectory(_folder.At("data"));
        await File.WriteAllTextAsync(_folder.At("data/secrets.json"), """{"managementKey":"only half of""");

        (await RefusedAsync()).ShouldContain($"The file {_folder.At("data/secrets.json")} is broken");
    }

    [Theory]
    [InlineData("--prot-base=5080", "There is no option '--prot-base=5080' here")]
    [InlineData("demoo", "There is no command 'demoo'")]
    [InlineData("--Delivry:AttemptTimeout=00:00:05", "'Delivry' in --Delivry:AttemptTimeout is no section of the configuration")]
    [InlineData("--Delivery:AttemptTimeOutt=00:00:05", "Delivery:AttemptTimeOutt is no configuration key of the gateway")]
    [InlineData("--Delivery:AttemptTimeout=soon", "Delivery:AttemptTimeout cannot be 'soon'")]
    [InlineData("--Delivery:InFlightPerModuleMax=0", "Delivery:InFlightPerModuleMax")]
    [InlineData("--Database:Provider=Oracle", "Database:Provider must be Sqlite, PostgreSql or SqlServer; it is 'Oracle'")]
    [InlineData("--Sandbox:Seeds=true", "Sandbox:Seeds is no configuration key of the sandbox")]
    public async Task Given_an_unknown_option_or_key_When_the_program_is_started_Then_one_sentence_names_it(string option, string sentence) =>
        (await RefusedAsync(option)).ShouldContain(sentence);

    [Fact]
    public async Task Given_an_unknown_key_in_the_environment_When_the_program_is_started_Then_one_sentence_names_it()
    {
        await using var market = MarketProcess.Start(
            _folder.Path, new Dictionary<string, string> { ["Delivery__AttemptTimeOutt"] = "00:00:05" }, "--port-base", $"{_portBase}");

        var (code, errors) = await market.EndAsync();

        code.ShouldBe(1);
        errors.ShouldContain("Delivery:AttemptTimeOutt is no configuration key of the gateway");
    }

    private async Task<string> RefusedAsync(params string[] args)
    {
        await using var market = MarketProcess.Start(_folder.Path, [.. args, "--port-base", $"{_portBase}"]);
        var (code, errors) = await market.EndAsync();

        code.ShouldBe(1);
        (await market.RestAsync()).ShouldBeEmpty();
        errors.TrimEnd().Split('\n').Length.ShouldBe(1, errors); // One sentence, and no stack trace.
        return errors;
    }
}
