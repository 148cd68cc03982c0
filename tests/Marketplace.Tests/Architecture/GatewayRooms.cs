using System.Text.RegularExpressions;

namespace Marketplace.Tests.Architecture;

/// <summary>Which of the gateway's rooms may use which, from the ground up: no room reaches up, and no two doors reach each other. Docs writes down what the facade is; Observing watches rooms and facade, and Management shows what it saw.</summary>
internal static partial class GatewayRooms
{
    private static readonly string[] FromTheGroundUp = ["Tracing", "Security", "Linkages", "Journal", "Upstream", "Control", "AccountLinks", "Metering", "Owned", "Routing", "Tokens", "Delivery", "Replays", "Retention"];
    private static readonly string[] Doors = ["Attaching", "Ingress", "Facade", "Management"];

    /// <summary>One sentence for each use that breaks the rule, and for each room without a place.</summary>
    /// <param name="sources">Files of the gateway by path from its folder, with their text. The seam of the store knows every room's rows.</param>
    public static IReadOnlyList<string> Violations(IEnumerable<(string Path, string Text)> sources) =>
    [
        .. from source in sources
           let room = source.Path.Split('/')[0]
           where source.Path.Contains('/', StringComparison.Ordinal) && room != "Store"
           from used in Uses().Matches(source.Text).Select(match => match.Groups["room"].Value)
           where used != "Store" && used != room && !MayUse(room, used)
           select $"{source.Path} must not use {used}.",
    ];

    private static bool MayUse(string room, string used)
    {
        var (own, other) = (Array.IndexOf(FromTheGroundUp, room), Array.IndexOf(FromTheGroundUp, used));
        return room switch
        {
            "Docs" => used is "Facade" or "Control",
            "Observing" => other >= 0 || used is "Facade",
            "Management" when used is "Observing" => true,
            _ => other >= 0 && (Doors.Contains(room) || (own >= 0 && other < own)),
        };
    }

    [GeneratedRegex(@"^using ModuleGateway\.(?<room>\w+)", RegexOptions.Multiline)]
    private static partial Regex Uses();
}
