using System.Diagnostics;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Xml.Linq;

namespace Line.Tests;

public sealed class PackageTests
{
    private const string Configuration =
#if DEBUG
        "Debug";
#else
        "Release";
#endif

    [Fact]
    public async Task Given_the_project_When_packed_Then_a_stranger_finds_library_documentation_readme_and_licence_and_nothing_to_install_beside_it()
    {
        var folder = Directory.CreateTempSubdirectory("line-package");
        try
        {
            await PackAsync(folder.FullName);
            await using var package = await ZipFile.OpenReadAsync(folder.GetFiles("*.nupkg").Single().FullName);

            var names = package.Entries.Select(entry => entry.FullName).ToList();
            names.ShouldContain("lib/net10.0/Line.dll");
            names.ShouldContain("lib/net10.0/Line.xml");
            names.ShouldContain("README.md");
            folder.GetFiles("*.snupkg").Length.ShouldBe(1);

            var about = (await ReadAsync(package.GetEntry("ModuleMarket.Line.nuspec")!)).Root!.Elements().Single();
            string? Value(string name) => about.Elements().SingleOrDefault(element => element.Name.LocalName == name)?.Value;
            Value("license").ShouldBe("MIT");
            Value("readme").ShouldBe("README.md");
            Value("description")!.ShouldContain("Messaging API");
            Value("tags")!.Split(' ').ShouldContain("line-messaging-api");
            about.Descendants().ShouldNotContain(element => element.Name.LocalName == "dependency");

            var documentation = await ReadAsync(package.GetEntry("lib/net10.0/Line.xml")!);
            documentation.Descendants("member").Select(member => (string)member.Attribute("name")!).ShouldContain("T:Line.LineClient");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Packs what this test was built with: nothing is compiled again.</summary>
    private static async Task PackAsync(string folder)
    {
        var start = new ProcessStartInfo("dotnet", ["pack", Path.Combine(RepositoryRoot(), "src", "Line"), "--no-build", "-c", Configuration, "-o", folder, "-v", "q"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var pack = Process.Start(start)!;
        var output = pack.StandardOutput.ReadToEndAsync();
        var errors = pack.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        await pack.WaitForExitAsync(limit.Token);
        pack.ExitCode.ShouldBe(0, await output + await errors);
    }

    private static async Task<XDocument> ReadAsync(ZipArchiveEntry entry)
    {
        await using var stream = await entry.OpenAsync();
        return await XDocument.LoadAsync(stream, LoadOptions.None, CancellationToken.None);
    }

    private static string RepositoryRoot([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", ".."));
}
