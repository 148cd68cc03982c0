using Marketplace.Hosting;

namespace Marketplace.Development;

/// <summary>What an instance tells programs on this machine, beside the portal's own pages: where its rooms are, and how to connect an account without buying.</summary>
/// <remarks>
/// GET /dev/marketplace: the rooms' origins. POST /dev/attach-requests: an attach request at the gateway, whose management key stays in this process; the
/// consent itself is always given on LINE's pages. Both on loopback only.
/// </remarks>
internal static class DevelopmentDoors
{
    /// <summary>Where the rooms are; also where the browser comes back to after a consent.</summary>
    public const string MarketplacePath = "/dev/marketplace";

    /// <summary>Begins connecting an account.</summary>
    public const string AttachPath = "/dev/attach-requests";

    public static void AddDevelopmentDoors(this IServiceCollection portal, Addresses addresses, string managementKey)
    {
        portal.AddSingleton(addresses);
        portal.AddHttpClient<AttachDoor>(http =>
        {
            http.BaseAddress = addresses.Gateway;
            http.DefaultRequestHeaders.Authorization = new("Bearer", managementKey);
        });
        portal.AddSingleton<IStartupFilter, Filter>();
    }

    private sealed class Filter(Addresses addresses) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((http, rest) => (http.Request.Method, http.Request.Path.Value) switch
            {
                _ when !IsFromHere(http) => rest(http),
                ("GET", MarketplacePath) => http.Response.WriteAsJsonAsync(addresses, http.RequestAborted),
                ("POST", AttachPath) => http.RequestServices.GetRequiredService<AttachDoor>().BeginAsync(http),
                _ => rest(http),
            });
            next(app);
        };

        private static bool IsFromHere(HttpContext http) => http.Connection.RemoteIpAddress is { } caller && System.Net.IPAddress.IsLoopback(caller);
    }
}
