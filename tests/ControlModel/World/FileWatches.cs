using System.Runtime.CompilerServices;

namespace ControlModel.World;

/// <summary>A run opens a server for each module, and each would watch its settings' files: the machine gives a user no more than some hundred watches.</summary>
internal static class FileWatches
{
    [ModuleInitializer]
    internal static void DoWithout()
    {
        // The gateways that are started beside this process inherit both: one name for a server like a module's, one for theirs.
        Environment.SetEnvironmentVariable("ASPNETCORE_hostBuilder__reloadConfigOnChange", "false");
        Environment.SetEnvironmentVariable("DOTNET_hostBuilder__reloadConfigOnChange", "false");
    }
}
