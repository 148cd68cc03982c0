namespace Tenancy;

/// <summary>Where this machine keeps what is embedded: databases as files, the key ring. Configuration section "Data".</summary>
public sealed class DataOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Data";

    /// <summary>A folder that can be written, made when absent; relative to the working folder. Default: <c>data</c>.</summary>
    public string Folder { get; set; } = "data";

    /// <summary>The folder as a full path.</summary>
    public string FullFolder => Path.GetFullPath(Folder);

    /// <summary>The key ring that portal and gateway share.</summary>
    public string KeyFolder => Path.Combine(FullFolder, "keys");
}
