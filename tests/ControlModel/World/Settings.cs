namespace ControlModel.World;

/// <summary>What every gateway of the suite is configured with.</summary>
internal static class Settings
{
    public const string ManagementKey = "a management key that is long enough";
    public const string ChannelId = "1650000001";
    public const string ChannelSecret = "0123456789abcdef0123456789abcdef";

    public static Dictionary<string, string?> For(string folder, string lineOrigin) => new()
    {
        ["Data:Folder"] = folder,
        ["Upstream:ApiBaseUrl"] = lineOrigin,
        ["Upstream:DataBaseUrl"] = lineOrigin,
        ["Upstream:ManagerBaseUrl"] = lineOrigin,
        ["Upstream:Timeout"] = "00:00:10",
        ["Upstream:Channels:0:ChannelId"] = ChannelId,
        ["Upstream:Channels:0:ChannelSecret"] = ChannelSecret,
        ["Delivery:AllowPrivateAddresses"] = "true",
        ["Attaching:PublicUrl"] = "http://127.0.0.1:5081",
        ["Attaching:ReturnOrigins:0"] = "http://127.0.0.1:5080",
        ["Management:Key"] = ManagementKey,
    };
}
