using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;

namespace Sandbox.Http;

/// <summary>Answers with server-sent events until the browser leaves or the program stops.</summary>
internal static class ServerSent
{
    /// <summary>The number that a reconnecting browser saw last; null on a first visit.</summary>
    public static long? LastEventId(this HttpContext http) =>
        long.TryParse(http.Request.Headers["Last-Event-ID"], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    /// <param name="items">What to send; its token ends with the request and with the program, whose stop would wait for open streams otherwise.</param>
    public static IResult Events(HttpContext http, IHostApplicationLifetime lifetime, Func<CancellationToken, IAsyncEnumerable<SseItem<string>>> items)
    {
        var ending = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        http.Response.RegisterForDispose(ending);
        return TypedResults.ServerSentEvents(UntilEnd(items(ending.Token), ending.Token));
    }

    private static async IAsyncEnumerable<SseItem<string>> UntilEnd(IAsyncEnumerable<SseItem<string>> items, [EnumeratorCancellation] CancellationToken ending)
    {
        await using var each = items.GetAsyncEnumerator(ending);
        while (true)
        {
            try
            {
                if (!await each.MoveNextAsync())
                    yield break;
            }
            catch (OperationCanceledException) when (ending.IsCancellationRequested)
            {
                yield break; // The stream's ordinary end.
            }

            yield return each.Current;
        }
    }
}
