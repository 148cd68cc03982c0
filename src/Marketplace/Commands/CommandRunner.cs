using System.Text.Json;
using Marketplace.Demo;
using Marketplace.Development;
using Marketplace.Hosting;
using Marketplace.Logging;

namespace Marketplace.Commands;

/// <summary>Does what the command line asks for.</summary>
/// <param name="output">For people and programs that asked for something.</param>
/// <param name="errors">What went wrong, and the rooms' logs.</param>
internal sealed class CommandRunner(TextWriter output, TextWriter errors, TimeProvider clock)
{
    private const int Done = 0, Failed = 1;

    /// <returns>The process's exit code: 0, or 1 after a sentence on what went wrong.</returns>
    public async Task<int> RunAsync(IReadOnlyList<string> args)
    {
        using var stop = new StopSignal();
        try
        {
            return CommandLine.Parse(args) switch
            {
                Command.Run run => await RunAsync(run, stop),
                Command.Demo demo => await PlayAsync(demo, stop),
                Command.DevModule module => await OpenAsync(module, stop),
                _ => Say(CommandLine.Usage),
            };
        }
        catch (RefusedException refused)
        {
            await errors.WriteLineAsync(refused.Message);
            return Failed;
        }
        catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
        {
            return Done; // Ctrl-C before it was done: what was started has been stopped.
        }
    }

    private async Task<int> RunAsync(Command.Run run, StopSignal stop)
    {
        var log = new ShortLog(errors, clock);
        await using var host = await MarketplaceHost.StartAsync(run.Host, log, cancellationToken: stop.Token);
        await Welcome.SayAsync(output, host, run.Host);
        return await StayAsync(host, stop);
    }

    private async Task<int> PlayAsync(Command.Demo demo, StopSignal stop)
    {
        var log = new ShortLog(errors, clock);
        await using var instance = await InstanceFinder.FindAsync(demo.Url, demo.Host, onFreePorts: true, keep: false, log, stop.Token);
        await using var cast = new Cast(instance.Addresses, clock);
        DemoReport report = demo.IsJson ? new JsonReport(output) : new TextReport(output);
        await report.BeginAsync(instance);
        var results = await new Story(clock, Story.DefaultStepMax).PlayAsync(cast, report.Told, stop.Token);
        await report.EndAsync(results);
        return results.All(result => result.Passed) ? Done : Failed;
    }

    private async Task<int> OpenAsync(Command.DevModule command, StopSignal stop)
    {
        var log = new ShortLog(errors, clock);
        await using var instance = await InstanceFinder.FindAsync(command.Url, command.Host, onFreePorts: false, command.Keep, log, stop.Token);
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var (access, account) = await new DevelopmentSetUp(http, instance.Addresses, clock).MakeAsync(command.WebhookUrl, command.AccountName, stop.Token);

        // The first line of standard output is for programs; what people want to know goes beside it.
        await output.WriteLineAsync(JsonSerializer.Serialize(access, JsonSerializerOptions.Web));
        await output.FlushAsync(stop.Token);
        await errors.WriteLineAsync($"Webhooks of {account.Name} ({account.BasicId}) go to {command.WebhookUrl}. Write to it on {instance.Addresses.Phone}?oa={account.BotId} and read {new Uri(instance.Addresses.Gateway, "/docs")}.");
        if (instance.Own is null)
            return Done;

        await errors.WriteLineAsync($"The instance was started for this, with its data in {instance.Own.DataPath}{(instance.TemporaryFolder is null || command.Keep ? "" : ", which is removed when it stops")}. Ctrl-C stops it.");
        return await StayAsync(instance.Own, stop);
    }

    /// <summary>Until somebody stops it, or a room ends by itself.</summary>
    private async Task<int> StayAsync(MarketplaceHost host, StopSignal stop)
    {
        if (await Task.WhenAny(stop.WaitAsync(), host.Fallen) != host.Fallen)
            return Done;

        await errors.WriteLineAsync($"The {Rooms.NameOf(await host.Fallen)} ended by itself; what it logged says why. Everything else is stopped with it.");
        return Failed;
    }

    private int Say(string text)
    {
        output.WriteLine(text);
        return Done;
    }
}
