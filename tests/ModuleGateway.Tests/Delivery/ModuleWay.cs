using Microsoft.Extensions.Options;
using ModuleGateway.Delivery;
using ModuleGateway.Routing;
using ModuleGateway.Store;
using Tenancy;

namespace ModuleGateway.Tests.Delivery;

/// <summary>The way out to modules on its own, with a resolver that a test tells what to say.</summary>
internal sealed class ModuleWay : IDisposable
{
    private readonly ModuleSender _sender;

    public ModuleWay(DeliveryOptions options)
    {
        var (chosen, clock) = (Options.Create(options), new StoreClock(TimeProvider.System));
        Dialer = new ModuleDialer(Lookup, chosen);
        Endpoints = new ModuleEndpoints(Dialer, chosen, clock);
        _sender = new ModuleSender(Endpoints, chosen, clock);
    }

    public LookupTable Lookup { get; } = new();

    public ModuleDialer Dialer { get; }

    public ModuleEndpoints Endpoints { get; }

    /// <summary>One signed try of this URL.</summary>
    /// <param name="module">Null: a module of its own.</param>
    public Task<Attempt> TryAsync(string url, ModuleId? module = null)
    {
        var uri = new Uri(url);
        var config = new ModuleConfig(module ?? ModuleId.New(), Line.ChannelId.Parse("1234567890", null), "a module", "0123456789abcdef0123456789abcdef", null, uri, null) { RegisteredUrl = uri };
        return _sender.VerifyAsync(config, uri, Line.BotId.Parse("U0123456789abcdef0123456789abcdef", null), CancellationToken.None);
    }

    public void Dispose() => Endpoints.Dispose();
}
