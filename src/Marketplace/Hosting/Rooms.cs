using KeywordReply;
using LiveDesk;
using ModuleGateway;
using Portal;
using Sandbox;

namespace Marketplace.Hosting;

/// <summary>What the host knows of each room: its name on the command line, how it is built, which configuration is its own.</summary>
internal static class Rooms
{
    /// <summary>LINE first, since the gateway asks it; the modules before the portal, whose buyers are sent to them.</summary>
    public static IReadOnlyList<Room> StartOrder { get; } = [Room.Sandbox, Room.Gateway, Room.KeywordReply, Room.LiveDesk, Room.Portal];

    /// <summary>The gateway before the modules: what it still owes them waits in its journal, instead of failing at closed doors.</summary>
    public static IReadOnlyList<Room> StopOrder { get; } = [Room.Portal, Room.Gateway, Room.LiveDesk, Room.KeywordReply, Room.Sandbox];

    /// <summary>The rooms that an instance can do without.</summary>
    public static IReadOnlyList<Room> Optional { get; } = [Room.KeywordReply, Room.LiveDesk];

    /// <summary>As the command line and the ready line name it.</summary>
    public static string NameOf(Room room) => room switch
    {
        Room.Portal => "portal",
        Room.Gateway => "gateway",
        Room.Sandbox => "sandbox",
        Room.KeywordReply => "keyword-reply",
        _ => "live-desk",
    };

    /// <summary>Sections of the configuration that this room reads.</summary>
    public static IReadOnlyList<string> SectionsOf(Room room) => room switch
    {
        Room.Portal => ["Data", "Database", "Portal", "Gateway", "Identity", "Mail", "Demo", "Logging"],
        Room.Gateway => ["Data", "Database", "Store", "Upstream", "Delivery", "Attaching", "Management", "Logging"],
        Room.Sandbox => ["Sandbox", "Logging"],
        Room.KeywordReply => ["Logging"],
        _ => ["Desk", "Logging"],
    };

    /// <summary>Puts the room's web app together.</summary>
    public static WebApplication Build(Room room, Action<WebApplicationBuilder> configure) => room switch
    {
        Room.Portal => PortalApp.Build([], configure),
        Room.Gateway => GatewayApp.Build([], configure),
        Room.Sandbox => SandboxApp.Build([], configure),
        Room.KeywordReply => KeywordReplyApp.Build([], configure),
        _ => LiveDeskApp.Build([], configure),
    };
}
