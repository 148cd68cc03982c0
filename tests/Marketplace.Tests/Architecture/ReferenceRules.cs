namespace Marketplace.Tests.Architecture;

/// <summary>Who may know whom, as ARCHITECTURE.md draws it.</summary>
internal static class ReferenceRules
{
    private static readonly string[] Modules = ["KeywordReply", "LiveDesk"];

    /// <summary>For each of our assemblies, the others of ours that it may reference.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Line"] = [],
        ["Microsoft.SqlServer.Server"] = [],
        ["Tenancy"] = ["Line"],
        ["ModuleGateway"] = ["Tenancy", "Line"],
        ["Portal"] = ["Tenancy", "Line"],
        ["Sandbox"] = ["Line"],
        ["KeywordReply"] = ["Line"],
        ["LiveDesk"] = ["Line"],
        ["Marketplace"] = ["Portal", "ModuleGateway", "Sandbox", .. Modules, "Tenancy", "Line"],
    };

    /// <summary>What an assembly that anybody could take as a package must do without.</summary>
    private static readonly string[] NotInLine = ["Microsoft.AspNetCore", "Microsoft.EntityFrameworkCore", "Microsoft.Extensions"];

    /// <summary>One sentence for each reference that breaks a rule, and for each assembly without a rule.</summary>
    /// <param name="graph">Our assemblies, each with the names of all that it references.</param>
    public static IReadOnlyList<string> Violations(IReadOnlyDictionary<string, IReadOnlyCollection<string>> graph)
    {
        var violations = new List<string>();
        foreach (var (assembly, references) in graph)
        {
            if (!Allowed.TryGetValue(assembly, out var allowed))
            {
                violations.Add($"{assembly} has no rule.");
                continue;
            }

            violations.AddRange(references.Where(reference => Allowed.ContainsKey(reference) && !allowed.Contains(reference))
                .Select(reference => $"{assembly} must not reference {reference}."));
            if (assembly == "Line")
            {
                violations.AddRange(references.Where(reference => NotInLine.Any(prefix => reference.StartsWith(prefix, StringComparison.Ordinal)))
                    .Select(reference => $"Line must not reference {reference}."));
            }
        }

        return violations;
    }
}
