using System.Text.RegularExpressions;

namespace Marketplace.Tests.Architecture;

public sealed partial class ArchitectureTests
{
    public static TheoryData<string> Documents => new("README.md", "ARCHITECTURE.md");

    [Fact]
    public void Given_the_built_assemblies_When_their_references_are_read_Then_nobody_knows_whom_they_must_not() =>
        ReferenceRules.Violations(AssemblyGraph.Read()).ShouldBeEmpty();

    [Fact]
    public void Given_a_made_up_graph_that_breaks_each_rule_When_it_is_checked_Then_each_break_is_named()
    {
        var graph = new Dictionary<string, IReadOnlyCollection<string>>
        {
            ["Line"] = ["System.Runtime", "Tenancy", "Microsoft.AspNetCore.Http.Abstractions", "Microsoft.EntityFrameworkCore"],
            ["Tenancy"] = ["Line", "Portal"],
            ["Portal"] = ["Tenancy", "ModuleGateway"],
            ["ModuleGateway"] = ["Tenancy", "Portal"],
            ["Sandbox"] = ["Line", "Tenancy"],
            ["LiveDesk"] = ["Line", "Sandbox"],
            ["Newcomer"] = [],
        };

        ReferenceRules.Violations(graph).ShouldBe(
        [
            "Line must not reference Tenancy.",
            "Line must not reference Microsoft.AspNetCore.Http.Abstractions.",
            "Line must not reference Microsoft.EntityFrameworkCore.",
            "Tenancy must not reference Portal.",
            "Portal must not reference ModuleGateway.",
            "ModuleGateway must not reference Portal.",
            "Sandbox must not reference Tenancy.",
            "LiveDesk must not reference Sandbox.",
            "Newcomer has no rule.",
        ]);
    }

    [Fact]
    public void Given_the_code_When_searched_for_what_is_wrong_everywhere_Then_nothing_is_found()
    {
        var found = from rule in ForbiddenText.Rules
                    from folder in rule.Folders
                    from file in Repository.Files(folder, ".cs").Concat(Repository.Files(folder, ".razor"))
                    where !file.EndsWith("/ForbiddenText.cs", StringComparison.Ordinal) && !file.Contains("/Migrations/", StringComparison.Ordinal)
                    from line in File.ReadLines(Repository.At(file)).Index()
                    where rule.Finds(line.Item)
                    select $"{file}:{line.Index + 1}: {line.Item.Trim()}  {rule.Instead}";

        found.ShouldBeEmpty();
    }

    [Fact]
    public void Given_a_line_that_breaks_each_rule_of_writing_When_it_is_checked_Then_the_rule_finds_it()
    {
        foreach (var rule in ForbiddenText.Rules)
            rule.Finds(rule.Sample).ShouldBeTrue(rule.Sample);
    }

    [Theory]
    [InlineData("case StartSubscription.Result.Started done:")]
    [InlineData("public abstract record Result")]
    [InlineData("IRequestHandler<Command, Result>")]
    [InlineData("#pragma warning disable CA1308 // Lower case is how people write addresses.")]
    public void Given_a_line_that_only_looks_alike_When_it_is_checked_Then_no_rule_finds_it(string line) =>
        ForbiddenText.Rules.ShouldNotContain(rule => rule.Finds(line));

    [Fact]
    public void Given_documentation_that_names_what_is_forbidden_When_it_is_checked_Then_no_rule_finds_it() =>
        ForbiddenText.Rules.ShouldNotContain(rule => rule.Finds("    /// " + rule.Sample));

    [Theory, MemberData(nameof(Documents))]
    public void Given_a_document_When_it_names_paths_and_types_Then_they_exist(string document)
    {
        var (paths, types) = Maps.Read(File.ReadAllText(Repository.At(document)));

        paths.Where(path => !Path.Exists(Repository.At(path))).ShouldBeEmpty();
        types.Except(DeclaredTypes()).ShouldBeEmpty();
    }

    [Fact]
    public void Given_a_room_that_is_drawn_by_its_folders_When_it_has_a_folder_of_code_Then_the_map_shows_it()
    {
        var (paths, _) = Maps.Read(File.ReadAllText(Repository.At("ARCHITECTURE.md")));
        var drawn = paths.Where(path => path.StartsWith("src/", StringComparison.Ordinal)).ToHashSet();
        var folders = Repository.Files("src", ".cs").Concat(Repository.Files("src", ".razor")).Select(file => file[..file.LastIndexOf('/')]).Distinct();

        folders.Where(folder => !folder.Contains("/Migrations", StringComparison.Ordinal) && IsDirectlyIn(drawn, folder))
            .Except(drawn).ShouldBeEmpty();
    }

    [Fact]
    public void Given_a_map_with_paths_and_types_When_it_is_read_Then_each_is_found()
    {
        const string Text = """
            See `src/Line/Nowhere.cs` and `NoSuchType`, not `dotnet run` or `Sqlite`.

            ```
            src/Tenancy   who is who
              Nowhere/    nothing      RegistryDb, AnotherMissingType, ...
              Somewhere/ long names    OneMoreType
            ```
            """;

        var (paths, types) = Maps.Read(Text);

        paths.ShouldBe(["src/Line/Nowhere.cs", "src/Tenancy", "src/Tenancy/Nowhere", "src/Tenancy/Somewhere"]);
        types.ShouldBe(["NoSuchType", "RegistryDb", "AnotherMissingType", "OneMoreType"]);
    }

    /// <summary>Whether a folder lies directly in one that the map draws with what is in it.</summary>
    private static bool IsDirectlyIn(HashSet<string> drawn, string folder)
    {
        var parent = folder[..folder.LastIndexOf('/')];
        return drawn.Contains(parent) && parent.StartsWith("src/", StringComparison.Ordinal) && drawn.Any(path => path.StartsWith(parent + "/", StringComparison.Ordinal))
            && File.Exists(Repository.At($"{parent}/{Path.GetFileName(parent)}.csproj"));
    }

    private static HashSet<string> DeclaredTypes() =>
        Repository.Files("src", ".cs").Concat(Repository.Files("tests", ".cs"))
            .SelectMany(file => TypeDeclaration().Matches(File.ReadAllText(Repository.At(file))))
            .Select(match => match.Groups["name"].Value)
            .Concat(Repository.Files("src", ".razor").Select(file => Path.GetFileNameWithoutExtension(file)!))
            .ToHashSet();

    [GeneratedRegex(@"\b(class|record struct|record class|record|struct|interface|enum) (?<name>[A-Z]\w*)")]
    private static partial Regex TypeDeclaration();
}
