using System.ComponentModel.DataAnnotations;

namespace ModuleGateway.Store;

/// <summary>Where the gateway keeps its state. Configuration section "Store".</summary>
internal sealed class StoreOptions
{
    /// <summary>Folder of the embedded store's file; made when it is not there. Default: <c>Data:Folder</c>.</summary>
    [Required]
    public string Folder { get; set; } = "";

    /// <summary>Works that share one flush at most: 1 to 4096, default 512.</summary>
    [Range(1, 4096)]
    public int GroupMax { get; set; } = 512;

    /// <summary>Works that may wait; one more is refused (LINE then gets 503): 1 to 100 000, default 8192.</summary>
    [Range(1, 100_000)]
    public int QueueMax { get; set; } = 8192;
}
