using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace Portal.Tests.Hosting;

/// <summary>bUnit was built against AngleSharp.Diffing 1.1.1; the registry at hand may hold 0.17.0 only, which has all that bUnit calls. The loader is told to take it.</summary>
internal static class LoadDiffing
{
    private const string Diffing = "AngleSharp.Diffing";

    [ModuleInitializer]
    internal static void Register() => AssemblyLoadContext.Default.Resolving += Resolve;

    private static Assembly? Resolve(AssemblyLoadContext context, AssemblyName wanted) =>
        wanted.Name == Diffing ? context.LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, $"{Diffing}.dll")) : null;
}
