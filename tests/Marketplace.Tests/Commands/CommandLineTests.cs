using Marketplace.Commands;
using Marketplace.Hosting;

namespace Marketplace.Tests.Commands;

public sealed class CommandLineTests
{
    [Fact]
    public void Given_nothing_When_it_is_read_Then_everything_starts_with_the_defaults()
    {
        var run = CommandLine.Parse([]).ShouldBeOfType<Command.Run>();

        (run.Host.DataFolder, run.Host.PortBase, run.Host.Without.Count, run.Host.Settings.Count).ShouldBe((null, null, 0, 0));
    }

    [Fact]
    public void Given_every_option_in_both_ways_of_writing_When_it_is_read_Then_each_is_known()
    {
        var run = CommandLine.Parse(["--data", "here", "--port-base=6000", "--without=live-desk", "--Delivery:AttemptTimeout", "00:00:05"]).ShouldBeOfType<Command.Run>();

        (run.Host.DataFolder, run.Host.PortBase).ShouldBe(("here", 6000));
        run.Host.Without.ShouldBe([Room.LiveDesk]);
        run.Host.Settings.ShouldBe([new("Delivery:AttemptTimeout", "00:00:05")]);
    }

    [Fact]
    public void Given_a_development_module_When_it_is_read_Then_its_webhook_and_account_are_known()
    {
        var module = CommandLine.Parse(["dev-module", "--webhook", "http://127.0.0.1:9000/hook", "--oa", "青禾髮廊", "--keep"]).ShouldBeOfType<Command.DevModule>();

        (module.WebhookUrl, module.AccountName, module.Keep).ShouldBe((new Uri("http://127.0.0.1:9000/hook"), "青禾髮廊", true));
    }

    [Theory]
    [InlineData("--port-base", "0")]
    [InlineData("--port-base", "65532")]
    [InlineData("--port-base", "many")]
    [InlineData("--without", "portal")]
    [InlineData("--data")]
    [InlineData("--json")]
    [InlineData("demo", "--json=yes")]
    [InlineData("demo", "--url", "portal")]
    [InlineData("dev-module")]
    [InlineData("dev-module", "--webhook", "ftp://x")]
    [InlineData("run", "twice")]
    public void Given_what_cannot_be_meant_When_it_is_read_Then_it_is_refused_in_a_sentence(params string[] args) =>
        Should.Throw<RefusedException>(() => CommandLine.Parse(args)).Message.ShouldEndWith(".");
}
