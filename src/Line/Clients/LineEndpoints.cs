namespace Line;

/// <summary>Where LINE is. The defaults are LINE's own; a gateway or a test server takes their place by its origin.</summary>
/// <remarks>Each address is an origin (scheme, host, port): LINE's paths are absolute, so a path in it would be lost and is refused.</remarks>
public sealed record LineEndpoints
{
    /// <summary>LINE itself.</summary>
    public static readonly LineEndpoints Line = new();

    /// <summary>Messaging API, module and token calls.</summary>
    public Uri Api { get; init => field = Origin(value); } = new("https://api.line.me");

    /// <summary>The same API's calls with large bodies: content that people sent, pictures of rich menus, files of audiences.</summary>
    public Uri Data { get; init => field = Origin(value); } = new("https://api-data.line.me");

    /// <summary>Sign-in and consent of account managers, and the attach call.</summary>
    public Uri Manager { get; init => field = Origin(value); } = new("https://manager.line.biz");

    /// <summary>
    /// The header by which a module channel says which Official Account a call is for. LINE tells the name to its marketplace partners only;
    /// the default is what public integrations use.
    /// </summary>
    public string BotHeaderName { get; init; } = "X-Line-Bot-Id";

    /// <summary>One origin that plays all of LINE's hosts.</summary>
    /// <exception cref="ArgumentException">Not an http(s) origin.</exception>
    public static LineEndpoints At(Uri origin) => new() { Api = origin, Data = origin, Manager = origin };

    private static Uri Origin(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        var isOrigin = address.IsAbsoluteUri && address.Scheme is "http" or "https" && address.PathAndQuery == "/" && address.Fragment.Length == 0;
        return isOrigin ? address : throw new ArgumentException($"'{address}' is no origin: a scheme, a host and perhaps a port are expected, like https://api.line.me.");
    }
}
