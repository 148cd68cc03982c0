using System.Globalization;
using Marketplace.Hosting;

namespace Marketplace.Commands;

/// <summary>Reads the command line.</summary>
internal static class CommandLine
{
    public const string Usage = """
        dotnet run --project src/Marketplace [-- COMMAND OPTIONS]

          (no command)   start everything and stay
          demo           play the whole story over HTTP, one line a step; starts an instance for itself where none runs
          dev-module     print a fresh development module's credentials as JSON; starts an instance and stays where none runs
          help           this text

        Options of all
          --data FOLDER          databases, keys and secrets (default: data; demo and dev-module: a temporary folder)
          --port-base N          the portal's port; gateway, sandbox, keyword-reply and live-desk follow (default: 5080)
          --Section:Key=VALUE    a setting of a room, as in --Delivery:AttemptTimeout=00:00:05
          --without ROOM         leave keyword-reply or live-desk out; for tests

        Options of demo and dev-module
          --url URL              the portal of the running instance to use

        Options of demo
          --json                 one JSON document instead of lines

        Options of dev-module
          --webhook URL          where the gateway delivers (required)
          --oa NAME              the Official Account, by name or basic id; made where there is none (default: a fresh one)
          --keep                 keep the temporary data folder
        """;

    /// <summary>The highest base whose five ports exist.</summary>
    private const int PortBaseMax = 65_531;

    private static readonly string[] Common = ["--data", "--port-base", "--without"];

    /// <exception cref="RefusedException">It cannot be read as a command of ours.</exception>
    public static Command Parse(IReadOnlyList<string> args)
    {
        var name = args is [[not '-', ..], ..] ? args[0] : "";
        string[] own = name switch
        {
            "" => [],
            "demo" => ["--url", "--json"],
            "dev-module" => ["--url", "--webhook", "--oa", "--keep"],
            "help" => [],
            _ => throw new RefusedException($"There is no command '{name}': demo, dev-module and help are the commands, and without one everything starts."),
        };
        if (name == "help" || args.Contains("--help") || args.Contains("-h"))
            return new Command.Help();

        var options = Options.Read(args.Skip(name.Length > 0 ? 1 : 0), [.. Common, .. own]);
        var instance = new InstanceOptions
        {
            DataFolder = options.Text("--data"),
            PortBase = PortBase(options.Text("--port-base")),
            Without = [.. options.All("--without").Select(OptionalRoom)],
            Settings = options.Settings,
        };
        return name switch
        {
            "demo" => new Command.Demo(instance, Address(options, "--url"), options.Has("--json")),
            "dev-module" => new Command.DevModule(
                instance, Address(options, "--url"),
                Address(options, "--webhook") ?? throw new RefusedException("--webhook is missing: the address is expected to which the gateway delivers, as in --webhook http://127.0.0.1:9000/webhook."),
                options.Text("--oa"), options.Has("--keep")),
            _ => new Command.Run(instance),
        };
    }

    private static int? PortBase(string? text) =>
        text is null ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is >= 1 and <= PortBaseMax ? port
        : throw new RefusedException($"--port-base cannot be '{text}': a number from 1 to {PortBaseMax} is expected.");

    private static Room OptionalRoom(string name) =>
        Rooms.Optional.Cast<Room?>().FirstOrDefault(room => Rooms.NameOf(room!.Value) == name)
        ?? throw new RefusedException($"--without cannot be '{name}': {string.Join(" or ", Rooms.Optional.Select(Rooms.NameOf))} is expected.");

    private static Uri? Address(Options options, string name) =>
        options.Text(name) is not { } text ? null
        : Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address
        : throw new RefusedException($"{name} cannot be '{text}': an http or https address is expected.");
}
