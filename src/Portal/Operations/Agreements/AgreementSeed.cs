using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Portal.Frame.Language;
using Portal.Store;

namespace Portal.Operations.Agreements;

/// <summary>Publishes the first version of each agreement, as it comes with the software, where there is none yet. Later ones are the operator's.</summary>
internal sealed class AgreementSeed(IServiceScopeFactory scopes, TimeProvider clock) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var kind in Enum.GetValues<AgreementKind>())
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<PortalDb>();
            if (await db.Set<Agreement>().AnyAsync(row => row.Kind == kind, cancellationToken))
                continue;

            var agreement = new Agreement { Id = Guid.CreateVersion7(), Kind = kind, Number = 1, PublishedAt = clock.GetUtcNow() };
            agreement.Texts.AddRange(Languages.All.Select(language => Read(agreement.Id, kind, language)));
            db.Add(agreement);
            await db.TrySaveAsync(cancellationToken); // Refused: another process that starts was faster.
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The first line is the title.</summary>
    private static AgreementText Read(Guid agreement, AgreementKind kind, string language)
    {
        var name = $"Portal.Operations.Agreements.{kind}.{language}.txt";
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{name} is missing.");
        using var reader = new StreamReader(stream);
        var title = reader.ReadLine()!;
        return new() { AgreementId = agreement, Language = language, Title = title, Body = reader.ReadToEnd().Trim() };
    }
}
