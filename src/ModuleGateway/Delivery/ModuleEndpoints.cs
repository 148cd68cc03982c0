using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Options;
using ModuleGateway.Store;
using Tenancy;

namespace ModuleGateway.Delivery;

/// <summary>The way out to modules: https to public addresses, no redirects, bounded answers, each module on connections of its own.</summary>
/// <remarks>What a URL says is looked at here; where its host really is, by <see cref="ModuleDialer"/> on each connection.</remarks>
internal sealed class ModuleEndpoints(ModuleDialer dialer, IOptions<DeliveryOptions> options, StoreClock clock) : IDisposable
{
    /// <summary>How much of an answer's body is read: the rest interests nobody.</summary>
    public const int AnswerBytesMax = 4096;

    private const int HttpsPort = 443;
    private const int FirstFreePort = 1024; // Below are the ports of other protocols.
    private static readonly TimeSpan UnusedMax = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<ModuleId, ModulePool> _pools = new();
    private readonly X509Certificate2Collection? _roots = options.Value.ReadTrustedRoots();
    private long _sweptAt = clock.GetTimestamp();

    public async Task<HttpResponseMessage> SendAsync(ModuleId module, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.RequestUri is not { } url || !MayCall(url))
            throw new AddressRefusedException(AttemptDetails.NotCallable);

        var pool = Enter(module);
        try
        {
            return await pool.SendAsync(request, cancellationToken);
        }
        finally
        {
            pool.Leave(clock.GetTimestamp());
        }
    }

    /// <summary>Whether a module's URL may be like this. A name's addresses are checked on the connection.</summary>
    public bool MayCall(Uri url)
    {
        if (url.UserInfo.Length > 0)
            return false;
        if (options.Value.AllowPrivateAddresses)
            return url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp;

        return url.Scheme == Uri.UriSchemeHttps && url.Port is HttpsPort or >= FirstFreePort
            && (!IPAddress.TryParse(url.IdnHost, out var address) || dialer.MayReach(address));
    }

    public void Dispose()
    {
        foreach (var pool in _pools.Values)
            pool.Dispose();
    }

    private ModulePool Enter(ModuleId module)
    {
        Sweep();
        while (true)
        {
            var pool = _pools.GetOrAdd(module, id => new ModulePool(id, dialer, options.Value, _roots));
            if (pool.TryEnter())
                return pool;
        }
    }

    /// <summary>Now and then closes the pools that nobody used for a while.</summary>
    private void Sweep()
    {
        var (now, swept) = (clock.GetTimestamp(), Volatile.Read(ref _sweptAt));
        if (clock.GetElapsedTime(swept, now) < UnusedMax || Interlocked.CompareExchange(ref _sweptAt, now, swept) != swept)
            return;

        foreach (var (module, pool) in _pools)
        {
            if (pool.TryClose(swept))
                _pools.TryRemove(KeyValuePair.Create(module, pool));
        }
    }
}
