using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;

namespace Marketplace.Tests.Architecture;

/// <summary>What each project under src was built to, and what that references: read from the files, nothing is loaded.</summary>
internal static class AssemblyGraph
{
    public static IReadOnlyDictionary<string, IReadOnlyCollection<string>> Read() =>
        Repository.Files("src", ".csproj").Select(AssemblyName).ToDictionary(name => name, References);

    private static string AssemblyName(string project) =>
        XDocument.Load(Repository.At(project)).Descendants("AssemblyName").SingleOrDefault()?.Value ?? Path.GetFileNameWithoutExtension(project);

    private static IReadOnlyCollection<string> References(string assembly)
    {
        using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, assembly + ".dll"));
        using var image = new PEReader(file);
        var metadata = image.GetMetadataReader();
        return metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name)).ToHashSet();
    }
}
