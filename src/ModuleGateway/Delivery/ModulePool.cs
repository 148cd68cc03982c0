using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Tenancy;

namespace ModuleGateway.Delivery;

/// <summary>One module's connections. No other module's requests go over them, though both be on one host: what one host sends is never taken for another's answer.</summary>
internal sealed class ModulePool : IDisposable
{
    private const int HeaderKilobytesMax = 16;
    private const int AnswerBytesMax = 64 * 1024; // Everything of one answer: headers, 4 KiB of a body, and what stands between its pieces.
    private static readonly Oid ServerAuthentication = new("1.3.6.1.5.5.7.3.1");

    private readonly Lock _gate = new();
    private readonly HttpMessageInvoker _http;
    private long _usedAt;
    private int _inUse;
    private bool _isClosed;

    public ModulePool(ModuleId module, ModuleDialer dialer, DeliveryOptions options, X509Certificate2Collection? roots)
    {
        _http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ActivityHeadersPropagator = null, // A delivery says itself to which trace it belongs; whatever else runs is nobody's business.
            UseCookies = false,
            UseProxy = false, // Also none that the environment names: it would look names up itself.
            Credentials = null,
            MaxConnectionsPerServer = options.InFlightPerModuleMax,
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
            PooledConnectionLifetime = TimeSpan.FromMinutes(2), // A host that moved is found at its new address by then.
            ConnectTimeout = options.ConnectTimeout,
            MaxResponseHeadersLength = HeaderKilobytesMax,
            MaxResponseDrainSize = 0, // What is longer than we read ends the connection.
            ResponseDrainTimeout = TimeSpan.Zero,
            ConnectCallback = (context, cancellationToken) => dialer.ConnectAsync(module, context.DnsEndPoint, cancellationToken),
            PlaintextStreamFilter = (context, _) => ValueTask.FromResult<Stream>(new AnswerBudget(context.PlaintextStream, AnswerBytesMax)),
            SslOptions = Tls(roots),
        });
    }

    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => await _http.SendAsync(request, cancellationToken);

    /// <summary>False: it was closed meanwhile, take another.</summary>
    public bool TryEnter()
    {
        lock (_gate)
        {
            if (_isClosed)
                return false;
            _inUse++;
            return true;
        }
    }

    /// <param name="now">A timestamp.</param>
    public void Leave(long now)
    {
        lock (_gate)
            (_inUse, _usedAt) = (_inUse - 1, now);
    }

    /// <summary>Closes it if nobody uses it nor did since then.</summary>
    public bool TryClose(long unusedSince)
    {
        lock (_gate)
        {
            if (_inUse > 0 || _usedAt > unusedSince)
                return false;
            _isClosed = true;
        }

        Dispose();
        return true;
    }

    public void Dispose() => _http.Dispose();

    /// <remarks>
    /// The name in the certificate and the time must be right, as always. Nothing that the certificate names is fetched: a missing link of its chain or a
    /// list of revoked certificates lies at an address of the module's choice, which would be one more way to have us call somebody.
    /// </remarks>
    private static SslClientAuthenticationOptions Tls(X509Certificate2Collection? roots)
    {
        var policy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true };
        policy.ApplicationPolicy.Add(ServerAuthentication);
        if (roots is not null)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.AddRange(roots);
        }

        return new SslClientAuthenticationOptions { CertificateChainPolicy = policy };
    }
}
