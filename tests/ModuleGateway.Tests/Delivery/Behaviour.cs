using System.Net.Sockets;
using System.Text;

namespace ModuleGateway.Tests.Delivery;

/// <summary>One end of a connection, for whoever misuses it.</summary>
internal sealed record Wire(Stream Stream, Socket Socket, Action<int> Count, CancellationToken Stopped)
{
    public async Task SayAsync(string text)
    {
        var bytes = Encoding.Latin1.GetBytes(text);
        await Stream.WriteAsync(bytes, Stopped);
        Count(bytes.Length);
    }

    public async Task<bool> HangAsync()
    {
        await new TaskCompletionSource().Task.WaitAsync(Stopped);
        return false;
    }
}

/// <summary>How a server treats who calls it. Each answers whether the connection goes on.</summary>
internal sealed record Behaviour(string Name, Func<Wire, Task<bool>> OnRequest)
{
    /// <summary>Before TLS and before any request; null: nothing unusual.</summary>
    public Func<Wire, Task<bool>>? OnConnection { get; init; }

    /// <summary>Whether it has what it was sent: it says so with 2xx in time.</summary>
    public bool Takes { get; init; }

    public override string ToString() => Name;
}
