using System.IO.Compression;
using System.Text;

namespace ModuleGateway.Tests.Delivery;

/// <summary>What a module's server may do, of good will or not.</summary>
internal static class Behaviours
{
    private const string Plain = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOK";

    public static Behaviour Answers { get; } = new("answers", wire => SayAsync(wire, Plain)) { Takes = true };

    public static Behaviour AnswersAndCloses { get; } = new("answers and closes", wire => SayAsync(wire, "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n", goesOn: false)) { Takes = true };

    public static Behaviour Hangs { get; } = new("takes the request and never answers", wire => wire.HangAsync());

    /// <summary>For a server with TLS: it never says hello.</summary>
    public static Behaviour NeverShakesHands { get; } = new("takes the connection and never says a word", wire => wire.HangAsync()) { OnConnection = wire => wire.HangAsync() };

    public static Behaviour Drips { get; } = new("drips a byte of the status line a second", async wire =>
    {
        using var second = new PeriodicTimer(TimeSpan.FromSeconds(1));
        foreach (var one in Plain)
        {
            await wire.SayAsync(one.ToString());
            await second.WaitForNextTickAsync(wire.Stopped);
        }

        return true;
    });

    /// <summary>A success: the status says so, and nobody waits for the rest.</summary>
    public static Behaviour DripsItsBody { get; } = new("says 200 and drips a body for ever", async wire =>
    {
        await wire.SayAsync("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
        using var second = new PeriodicTimer(TimeSpan.FromSeconds(1));
        while (await second.WaitForNextTickAsync(wire.Stopped))
            await wire.SayAsync("x");
        return false;
    }) { Takes = true };

    public static Behaviour Continues { get; } = new("says 100 Continue for ever", wire => EndlesslyAsync(wire, "HTTP/1.1 100 Continue\r\n\r\n"));

    public static Behaviour Hints { get; } = new("floods with early hints", wire => EndlesslyAsync(wire, $"HTTP/1.1 103 Early Hints\r\nLink: </{new string('a', 4000)}>\r\n\r\n"));

    public static Behaviour Headers { get; } = new("sends headers without end", wire => EndlesslyAsync(wire, $"X-Header: {new string('a', 1000)}\r\n", "HTTP/1.1 500 No\r\n"));

    public static Behaviour OneHeader { get; } = new("sends one header without end", wire => EndlesslyAsync(wire, new string('a', 8000), "HTTP/1.1 500 No\r\nX-Header: "));

    public static Behaviour Body { get; } = new("answers 500 with a body without end", wire => EndlesslyAsync(wire, "2000\r\n" + new string('b', 0x2000) + "\r\n", "HTTP/1.1 500 No\r\nTransfer-Encoding: chunked\r\n\r\n"));

    public static Behaviour Chunks { get; } = new("hides a flood between the pieces of a body", wire => EndlesslyAsync(wire, $"1;{new string('e', 8000)}\r\nb\r\n", "HTTP/1.1 500 No\r\nTransfer-Encoding: chunked\r\n\r\n"));

    public static Behaviour Bomb { get; } = new("answers 500 with a bomb of gzip", async wire =>
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            var zeros = new byte[1024 * 1024];
            for (var i = 0; i < 64; i++)
                await gzip.WriteAsync(zeros);
        }

        await wire.SayAsync($"HTTP/1.1 500 No\r\nContent-Encoding: gzip\r\nContent-Length: {packed.Length}\r\n\r\n{Encoding.Latin1.GetString(packed.ToArray())}");
        return true;
    });

    public static Behaviour Resets { get; } = new("resets the connection", wire =>
    {
        wire.Socket.LingerState = new System.Net.Sockets.LingerOption(true, 0);
        return Task.FromResult(false);
    });

    public static Behaviour ResetsAtOnce { get; } = new("resets before it is asked", wire => Task.FromResult(false)) { OnConnection = wire => Resets.OnRequest(wire) };

    public static Behaviour Closes { get; } = new("closes without an answer", wire => Task.FromResult(false));

    public static Behaviour Garbles { get; } = new("answers with what is no HTTP", wire => SayAsync(wire, "\0\u0001\u00ff+OK POP3 ready\r\n\r\n"));

    public static Behaviour BreaksOff { get; } = new("breaks off in the middle of the headers", wire => SayAsync(wire, "HTTP/1.1 200 OK\r\nContent-Le", goesOn: false));

    /// <summary>For a server that is called by https.</summary>
    public static Behaviour SpeaksPlainly { get; } = new("answers TLS with plain http", wire => Task.FromResult(false)) { OnConnection = wire => SayAsync(wire, Plain, goesOn: false) };

    /// <summary>Two answers to one request: the second must not become the answer to the next.</summary>
    public static Behaviour AnswersTwice { get; } = new("answers 500, and 200 to what nobody asked", wire => SayAsync(wire, "HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n" + Plain));

    public static Behaviour AsksForProof { get; } = new("asks for a password", wire => SayAsync(wire, "HTTP/1.1 401 No\r\nWWW-Authenticate: Negotiate\r\nWWW-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n"));

    public static Behaviour Refuses { get; } = new("answers 500", wire => SayAsync(wire, "HTTP/1.1 500 No\r\nContent-Length: 9\r\n\r\nno\r\nsense"));

    public static Behaviour SaysMuch { get; } = new("answers 200 with more than anybody reads", wire => SayAsync(wire, $"HTTP/1.1 200 OK\r\nContent-Length: 20000\r\n\r\n{new string('m', 20000)}")) { Takes = true };

    public static Behaviour TakesItsTime { get; } = new("answers after a second", async wire =>
    {
        using var second = new PeriodicTimer(TimeSpan.FromSeconds(1));
        await second.WaitForNextTickAsync(wire.Stopped);
        return await SayAsync(wire, Plain);
    }) { Takes = true };

    public static Behaviour IsGone { get; } = new("says that it is gone", wire => SayAsync(wire, "HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n"));

    public static Behaviour RedirectsTo(Uri where) => new("redirects", wire => SayAsync(wire, $"HTTP/1.1 307 There\r\nLocation: {where}\r\nContent-Length: 0\r\n\r\n"));

    private static async Task<bool> SayAsync(Wire wire, string text, bool goesOn = true)
    {
        await wire.SayAsync(text);
        return goesOn;
    }

    private static async Task<bool> EndlesslyAsync(Wire wire, string piece, string before = "")
    {
        await wire.SayAsync(before);
        while (true)
            await wire.SayAsync(piece);
    }
}
