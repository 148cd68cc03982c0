using Microsoft.Extensions.DependencyInjection;

namespace Tenancy.Tests;

/// <summary>One unit of work: a scope of services with its context.</summary>
public sealed class Work(AsyncServiceScope scope) : IAsyncDisposable
{
    public RegistryDb Db { get; } = scope.ServiceProvider.GetRequiredService<RegistryDb>();

    public TenantResolver Resolver { get; } = scope.ServiceProvider.GetRequiredService<TenantResolver>();

    public ValueTask DisposeAsync() => scope.DisposeAsync();
}
