using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using PublicWeb;

namespace Portal.Outside;

/// <summary>Reads one page that somebody named to us, without becoming their hand inside our network.</summary>
/// <remarks>
/// Each connection looks its host up once, checks every address and connects to one that it checked: a name that answers differently the next time gains nothing.
/// Redirects are followed by hand, each checked as the first one was. No cookies, no proxy, no compression that could swell; nothing is kept open.
/// </remarks>
internal sealed class PageReader(IHostLookup lookup, IOptions<OutsideOptions> options, TimeProvider clock)
{
    public const int BytesMax = 1024 * 1024;

    private const int RedirectsMax = 3;
    private const int HttpsPort = 443;
    private const int FirstFreePort = 1024; // Below are the ports of other protocols.
    private const int HeaderKilobytesMax = 16;

    private readonly IPNetwork[] _allowed = [.. options.Value.AllowedNetworks.Select(network => IPNetwork.Parse(network))];

    public async Task<PageLook> ReadAsync(string address, CancellationToken cancellationToken)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        enough.CancelAfter(options.Value.Timeout);
        var look = new PageLook(clock.GetUtcNow(), address, address, 0, null, "", "");
        try
        {
            return await FollowAsync(look, enough.Token);
        }
        catch (HttpRequestException error) when (error.InnerException is NotPublicException || error.InnerException?.InnerException is NotPublicException)
        {
            return look with { Fault = PageFault.NotPublic };
        }
        catch (RegexMatchTimeoutException)
        {
            return look with { Fault = PageFault.NotAPage }; // Made to be read for ever.
        }
        catch (Exception error) when (error is HttpRequestException or IOException or SocketException or AuthenticationException || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return look with { Fault = PageFault.NotReached };
        }
    }

    private async Task<PageLook> FollowAsync(PageLook look, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(look.AskedUrl, UriKind.Absolute, out var url))
            return look with { Fault = PageFault.BadAddress };

        using var http = new HttpMessageInvoker(Handler());
        for (var redirects = 0; ; redirects++)
        {
            look = look with { FinalUrl = url.AbsoluteUri };
            if (!MayCall(url))
                return look with { Fault = PageFault.BadAddress };

            using var request = new HttpRequestMessage(HttpMethod.Get, url);
            request.Headers.UserAgent.ParseAdd("ModuleMarket-PageCheck/1.0");
            request.Headers.Accept.ParseAdd("text/html, text/plain;q=0.9");
            using var response = await http.SendAsync(request, cancellationToken);
            look = look with { Status = (int)response.StatusCode };
            if (response is { StatusCode: HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect, Headers.Location: { } location })
            {
                if (redirects == RedirectsMax)
                    return look with { Fault = PageFault.TooManyRedirects };

                url = new Uri(url, location);
                continue;
            }

            return response.StatusCode == HttpStatusCode.OK ? await ReadAsync(look, response.Content, cancellationToken) : look with { Fault = PageFault.BadStatus };
        }
    }

    private bool MayCall(Uri url) =>
        url.UserInfo.Length == 0
        && ((url.Scheme == Uri.UriSchemeHttps && url.Port is HttpsPort or >= FirstFreePort) || (options.Value.AllowPlainHttp && url.Scheme == Uri.UriSchemeHttp));

    private static async Task<PageLook> ReadAsync(PageLook look, HttpContent content, CancellationToken cancellationToken)
    {
        var type = content.Headers.ContentType?.MediaType;
        if (type is not ("text/html" or "application/xhtml+xml" or "text/plain") || content.Headers.ContentEncoding.Count > 0)
            return look with { Fault = PageFault.NotAPage };
        if (content.Headers.ContentLength > BytesMax)
            return look with { Fault = PageFault.TooLarge };

        using var kept = new MemoryStream();
        await using var body = await content.ReadAsStreamAsync(cancellationToken);
        var piece = new byte[16 * 1024];
        for (int read; (read = await body.ReadAsync(piece, cancellationToken)) > 0;)
        {
            if (kept.Length + read > BytesMax)
                return look with { Fault = PageFault.TooLarge };
            kept.Write(piece, 0, read);
        }

        var bytes = kept.ToArray();
        var text = PageText.Decode(bytes, content.Headers.ContentType?.CharSet);
        return look with { Text = type == "text/plain" ? PageText.Plain(text) : PageText.OfHtml(text), Hash = Convert.ToHexStringLower(SHA256.HashData(bytes)) };
    }

    private SocketsHttpHandler Handler() => new()
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = null,
        UseCookies = false,
        UseProxy = false, // Also none that the environment names: it would look names up itself.
        Credentials = null,
        PooledConnectionLifetime = TimeSpan.Zero, // A redirect to the same name is looked up again, like any other.
        MaxResponseHeadersLength = HeaderKilobytesMax,
        ConnectCallback = (context, cancellationToken) => ConnectAsync(context.DnsEndPoint, cancellationToken),
    };

    private async ValueTask<Stream> ConnectAsync(DnsEndPoint to, CancellationToken cancellationToken)
    {
        var addresses = Array.ConvertAll(await lookup.FindAsync(to.Host, cancellationToken), address => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);
        if (addresses.Length == 0)
            throw new SocketException((int)SocketError.HostNotFound);
        if (!Array.TrueForAll(addresses, address => PublicAddress.Is(address) || Array.Exists(_allowed, network => network.Contains(address))))
            throw new NotPublicException();

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, to.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private sealed class NotPublicException : Exception;
}
