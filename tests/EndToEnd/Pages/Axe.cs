using System.Runtime.CompilerServices;
using EndToEnd.Browsing;
using Microsoft.Playwright;
using RealClients;

namespace EndToEnd.Pages;

/// <summary>axe-core: what a screen reader, a keyboard or tired eyes would stumble over.</summary>
internal sealed class Axe
{
    private readonly string _script;

    private Axe(string script) => _script = script;

    /// <summary>Fetches it once; later runs find it in its folder.</summary>
    public static async Task<Axe> LoadAsync()
    {
        var folder = Path.Combine(Here(), "axe");
        await NpmPackages.FetchAsync(folder);
        return new Axe(await File.ReadAllTextAsync(Path.Combine(folder, "node_modules/axe-core/axe.min.js")));
    }

    /// <summary>What is wrong with the page as it stands, serious or critical: the rule, the words, and where.</summary>
    public async Task<IReadOnlyList<string>> FindAsync(Window window)
    {
        await window.Page.EvaluateAsync(_script);
        return await window.Page.EvaluateAsync<string[]>("""
            async () => (await axe.run(document, { resultTypes: ['violations'] })).violations
              .filter(found => found.impact === 'serious' || found.impact === 'critical')
              .flatMap(found => found.nodes.slice(0, 4).map(node => `${found.id} (${found.impact}): ${found.help}: ${node.html.slice(0, 160)} ${node.any.map(check => check.message).join(' ').slice(0, 200)}`))
            """);
    }

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
