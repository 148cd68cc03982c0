using System.Collections.Concurrent;
using System.Net;
using PublicWeb;

namespace ModuleGateway.Tests.Delivery;

/// <summary>A resolver that says what a test tells it, in turn and the last again and again; what it was not told it asks the machine, which reads addresses in every form.</summary>
internal sealed class LookupTable : IHostLookup
{
    private readonly ConcurrentDictionary<string, ConcurrentQueue<IPAddress[]>> _answers = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Every host that was asked for.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    /// <param name="answers">Each one answer: addresses with a space between.</param>
    public void Tell(string host, params string[] answers) =>
        _answers[host] = new ConcurrentQueue<IPAddress[]>(answers.Select(answer => answer.Split(' ').Select(IPAddress.Parse).ToArray()));

    public Task<IPAddress[]> FindAsync(string host, CancellationToken cancellationToken)
    {
        Asked.Enqueue(host);
        if (!_answers.TryGetValue(host.TrimEnd('.'), out var answers))
            return Dns.GetHostAddressesAsync(host, cancellationToken);

        return answers.Count > 1 && answers.TryDequeue(out var first) || answers.TryPeek(out first) ? Task.FromResult(first) : throw new InvalidOperationException($"No answer for {host}.");
    }
}
