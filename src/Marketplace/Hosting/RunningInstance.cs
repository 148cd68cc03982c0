using System.Net.Sockets;
using System.Text.Json;
using Marketplace.Commands;
using Marketplace.Development;

namespace Marketplace.Hosting;

/// <summary>Finds an instance that already runs on this machine.</summary>
internal static class RunningInstance
{
    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(10);

    /// <summary>The instance whose portal this is; null: nothing listens there.</summary>
    /// <exception cref="RefusedException">Something else listens there.</exception>
    public static async Task<Addresses?> FindAsync(Uri portal, CancellationToken cancellationToken)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = AnswerMax };
        var door = new Uri(portal, DevelopmentDoors.MarketplacePath);
        try
        {
            return await http.GetFromJsonAsync<Addresses>(door, cancellationToken) is { Portal: not null, Gateway: not null, Sandbox: not null } found ? found : throw Other(portal, null);
        }
        catch (HttpRequestException refused) when (refused.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused })
        {
            return null;
        }
        catch (Exception other) when (other is HttpRequestException or JsonException or NotSupportedException || (other is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw Other(portal, other);
        }
    }

    private static RefusedException Other(Uri portal, Exception? cause) =>
        new($"What listens at {portal} is no Module Market that was started on this machine: name its portal with --url, or another port with --port-base.", cause);
}
