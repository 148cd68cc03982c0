namespace Marketplace.Hosting;

/// <summary>The configuration that makes five web apps one instance.</summary>
internal sealed class RoomSettings(InstanceOptions options, DataFolder data, Addresses addresses)
{
    /// <summary>The names by which this machine calls itself, and no other.</summary>
    /// <remarks>The development doors trust whoever calls from here, and a page's own origin. A site whose name is made to lead to 127.0.0.1 would be both, in a developer's browser.</remarks>
    private const string AllowedHosts = "127.0.0.1;localhost;[::1]";

    private readonly InstanceSecrets _secrets = data.Secrets;

    private InstanceSecrets.Credentials Login => _secrets.LoginChannel!;

    /// <summary>A room's configuration, later ones over earlier ones.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Of(Room room)
    {
        var own = room switch
        {
            Room.Portal => Portal(),
            Room.Gateway => Gateway(),
            Room.Sandbox => Sandbox(),
            Room.KeywordReply => Module(room, _secrets.KeywordReply),
            _ => Module(room, _secrets.LiveDesk),
        };
        own["AllowedHosts"] = AllowedHosts;
        return own.Concat(options.Settings.Where(setting => Rooms.SectionsOf(room).Contains(Section(setting.Key), StringComparer.OrdinalIgnoreCase)));
    }

    /// <summary>The first part of a key: "Delivery" of "Delivery:AttemptTimeout".</summary>
    public static string Section(string key) => key.Split(':', 2)[0];

    private Dictionary<string, string?> Sandbox() => new()
    {
        ["Data:Folder"] = data.At("sandbox"), // Its form keys: LINE is another company, so not in our key ring.
        ["Sandbox:DataFile"] = data.At("sandbox.db"),
        ["Sandbox:ModuleChannel:ChannelId"] = _secrets.ModuleChannel.ChannelId,
        ["Sandbox:ModuleChannel:ChannelSecret"] = _secrets.ModuleChannel.ChannelSecret,
        ["Sandbox:ModuleChannel:WebhookUrl"] = $"{addresses.Origin(Room.Gateway)}/webhook/{_secrets.ModuleChannel.ChannelId}",
        ["Sandbox:ModuleChannel:RedirectUrls:0"] = $"{addresses.Origin(Room.Gateway)}/attach/callback",
        ["Sandbox:LoginChannel:ChannelId"] = Login.ChannelId,
        ["Sandbox:LoginChannel:ChannelSecret"] = Login.ChannelSecret,
        ["Sandbox:LoginChannel:RedirectUrls:0"] = $"{addresses.Origin(Room.Portal)}/sign-in/line/callback",
        ["Sandbox:LoginChannel:RedirectUrls:1"] = $"{addresses.Origin(Room.Portal).Replace("127.0.0.1", "localhost", StringComparison.Ordinal)}/sign-in/line/callback",
        ["Sandbox:Timeline:Url"] = $"{addresses.Origin(Room.Gateway)}/management/tail",
        ["Sandbox:Timeline:Key"] = _secrets.ManagementKey,
    };

    private Dictionary<string, string?> Gateway() => new()
    {
        ["Data:Folder"] = data.Path,
        ["Upstream:ApiBaseUrl"] = addresses.Origin(Room.Sandbox),
        ["Upstream:DataBaseUrl"] = addresses.Origin(Room.Sandbox),
        ["Upstream:ManagerBaseUrl"] = addresses.Origin(Room.Sandbox),
        ["Upstream:AccessBaseUrl"] = addresses.Origin(Room.Sandbox),
        ["Upstream:Channels:0:ChannelId"] = _secrets.ModuleChannel.ChannelId,
        ["Upstream:Channels:0:ChannelSecret"] = _secrets.ModuleChannel.ChannelSecret,
        ["Delivery:AllowPrivateAddresses"] = "true", // The modules are on this machine.
        ["Attaching:PublicUrl"] = addresses.Origin(Room.Gateway),
        ["Attaching:ReturnOrigins:0"] = addresses.Origin(Room.Portal),
        ["Management:Key"] = _secrets.ManagementKey,
        ["Management:LiveTail"] = "true",
    };

    private Dictionary<string, string?> Portal()
    {
        var settings = new Dictionary<string, string?>
        {
            ["Data:Folder"] = data.Path,
            ["Portal:PublicUrl"] = addresses.Origin(Room.Portal),
            ["Portal:FormTargets:0"] = addresses.Origin(Room.Sandbox),
            ["Gateway:BaseUrl"] = addresses.Origin(Room.Gateway),
            ["Gateway:ManagementKey"] = _secrets.ManagementKey,
            ["Mail:MailboxUrl"] = addresses.Origin(Room.Sandbox),
            ["Identity:DevelopmentSignIn"] = "true",
            ["Identity:Line:ChannelId"] = Login.ChannelId,
            ["Identity:Line:ChannelSecret"] = Login.ChannelSecret,
            ["Identity:Line:AuthorizeUrl"] = $"{addresses.Origin(Room.Sandbox)}/oauth2/v2.1/authorize",
            ["Identity:Line:TokenUrl"] = $"{addresses.Origin(Room.Sandbox)}/oauth2/v2.1/token",
            ["Demo:Seed"] = "true",
        };
        AddDemoModule(settings, "KeywordReply", Room.KeywordReply, _secrets.KeywordReply, "/setup");
        AddDemoModule(settings, "LiveDesk", Room.LiveDesk, _secrets.LiveDesk, "/desk");
        return settings;
    }

    private void AddDemoModule(Dictionary<string, string?> settings, string name, Room room, InstanceSecrets.Credentials credentials, string setUpPath)
    {
        settings[$"Demo:Modules:{name}:ChannelId"] = credentials.ChannelId;
        settings[$"Demo:Modules:{name}:ChannelSecret"] = credentials.ChannelSecret;
        settings[$"Demo:Modules:{name}:WebhookUrl"] = $"{addresses.Origin(room)}/webhook";
        settings[$"Demo:Modules:{name}:SetUpUrl"] = $"{addresses.Origin(room)}{setUpPath}";
    }

    private Dictionary<string, string?> Module(Room room, InstanceSecrets.Credentials credentials) => new()
    {
        ["Module:ChannelId"] = credentials.ChannelId,
        ["Module:ChannelSecret"] = credentials.ChannelSecret,
        ["Module:ApiBaseUrl"] = addresses.Origin(Room.Gateway),
        ["Module:DataFile"] = data.At($"{Rooms.NameOf(room)}.db"),
        ["Module:PublicUrl"] = addresses.Origin(room),
    };
}
