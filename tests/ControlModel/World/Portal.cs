using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Line;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Tenancy;

namespace ControlModel.World;

/// <summary>Plays the portal: writes the registry, tells every gateway of it, and knows when each acts by it.</summary>
internal sealed class Portal : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly IGateway _gateway;
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(30) };

    public Portal(IGateway gateway)
    {
        _gateway = gateway;
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(gateway.Settings).Build();
        _services = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(configuration).AddTenancy(configuration).BuildServiceProvider();
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Settings.ManagementKey);
    }

    public string Protect(string secret) => _services.GetRequiredService<SecretProtector>().Protect(secret);

    /// <summary>Saves a change; completes when every gateway has applied it.</summary>
    public async Task ChangeAsync(Action<RegistryDb> change)
    {
        long revision;
        await using (var scope = _services.CreateAsyncScope())
        {
            scope.ServiceProvider.GetRequiredService<TenantScope>().EnterEveryTenant("Tests play the portal.");
            var db = scope.ServiceProvider.GetRequiredService<RegistryDb>();
            change(db);
            await db.SaveChangesAsync();
            revision = await db.CurrentRevisionAsync(CancellationToken.None);
        }

        for (var door = 0; door < _gateway.Doors.Count; door++)
            await AppliedAsync(door, revision).WaitAsync(TimeSpan.FromSeconds(60));
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _services.DisposeAsync();
    }

    /// <summary>Asks as the portal's pages do: another process has no event to wait for.</summary>
    private async Task AppliedAsync(int door, long revision)
    {
        while (true)
        {
            try
            {
                using (await _http.PostAsync(new Uri(_gateway.Doors[door], "/management/registry-changed"), null))
                {
                }

                var answer = JsonNode.Parse(await _http.GetStringAsync(new Uri(_gateway.Doors[door], "/management/registry")));
                if (answer!["appliedRevision"]!.GetValue<long>() >= revision)
                    return;
            }
            catch (HttpRequestException)
            {
                await _gateway.UpAsync(door);
            }
        }
    }
}
