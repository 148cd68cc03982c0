using System.Text.Json.Serialization;

namespace Marketplace.Hosting;

/// <summary>The origins of an instance's rooms.</summary>
internal sealed record Addresses(Uri Portal, Uri Gateway, Uri Sandbox, Uri KeywordReply, Uri LiveDesk)
{
    /// <summary>Five ports in a row on this machine.</summary>
    public static Addresses At(int portBase) =>
        new(Origin(portBase, Room.Portal), Origin(portBase, Room.Gateway), Origin(portBase, Room.Sandbox), Origin(portBase, Room.KeywordReply), Origin(portBase, Room.LiveDesk));

    /// <summary>The page where people write as LINE users.</summary>
    [JsonInclude]
    public Uri Phone => new(Sandbox, "/phone");

    public Uri Of(Room room) => room switch
    {
        Room.Portal => Portal,
        Room.Gateway => Gateway,
        Room.Sandbox => Sandbox,
        Room.KeywordReply => KeywordReply,
        _ => LiveDesk,
    };

    /// <summary>Scheme, host and port, without a slash: as configuration and LINE's URLs want it.</summary>
    public string Origin(Room room) => Of(room).GetLeftPart(UriPartial.Authority);

    private static Uri Origin(int portBase, Room room) => new($"http://127.0.0.1:{portBase + (int)room}");
}
