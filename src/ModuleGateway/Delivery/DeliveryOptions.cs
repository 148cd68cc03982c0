using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace ModuleGateway.Delivery;

/// <summary>How the gateway hands webhooks to modules. Configuration section "Delivery".</summary>
internal sealed class DeliveryOptions : IValidatableObject
{
    /// <summary>Longest wait for one attempt: 1 s to 60 s, default 10 s. A slower module answers 200 first and works afterwards.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Waits of an event that has stepped aside, each before one more try; after the last one it is a dead letter. All over zero; must not decrease.
    /// Default when empty: 5 s, 30 s, 2 min, 10 min, 30 min, 1 h, 3 h, 6 h, 12 h. Each is up to a fifth longer.
    /// </summary>
    public List<TimeSpan> RetryDelays { get; set; } = [];

    /// <summary>How long an event may fail in its lane before its endpoint is asked who is at fault: 5 s to 5 min, default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:05", "00:05:00")]
    public TimeSpan FaultAfter { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long an endpoint may be down before it is switched off: 3 to 30 days, default 5. Its provider is told after an hour, after a day, two days before and one day before.</summary>
    [Range(typeof(TimeSpan), "3.00:00:00", "30.00:00:00")]
    public TimeSpan SwitchOffAfter { get; set; } = TimeSpan.FromDays(5);

    /// <summary>Attempts that run at once towards one module: 1 to 256, default 32.</summary>
    [Range(1, 256)]
    public int InFlightPerModuleMax { get; set; } = 32;

    /// <summary>Longest wait for a connection, its TLS handshake included: 0.1 s to 30 s, default 5 s; under <see cref="AttemptTimeout"/>.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:00:30")]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Connections to all modules together, open or being opened: 16 to 60 000, default 4096. Of what is free one module gets a sixteenth at most.</summary>
    [Range(16, 60_000)]
    public int ConnectionsMax { get; set; } = 4096;

    /// <summary>
    /// Attempts that run at once towards all modules together: 1 to 65536, default 1024. Of the second half of them one module gets an eighth of what is free at most;
    /// a module that has none under way gets one even beyond it, until there are twice as many.
    /// </summary>
    [Range(1, 65536)]
    public int InFlightMax { get; set; } = 1024;

    /// <summary>Lanes of one linkage in memory: 2 to 1024, default 64. The store has the others.</summary>
    [Range(2, 1024)]
    public int LanesPerLinkageMax { get; set; } = 64;

    /// <summary>Lanes of one module in memory: 2 to 65536, default 1024; twice its attempts at once it may have in any case.</summary>
    [Range(2, 65536)]
    public int LanesPerModuleMax { get; set; } = 1024;

    /// <summary>Lanes of all modules in memory: 2 to 1048576, default 65536, some 20 MB. Beyond it each module has place for twice its attempts at once.</summary>
    [Range(2, 1048576)]
    public int LanesMax { get; set; } = 65536;

    /// <summary>Whether http and private addresses are allowed for modules. Development only.</summary>
    public bool AllowPrivateAddresses { get; set; }

    /// <summary>Networks that are not public and at which modules may be all the same, as 10.1.2.0/24: the operator's own modules in a network of their own. Default none.</summary>
    public List<string> AllowedNetworks { get; set; } = [];

    /// <summary>A PEM file of the authorities whose certificates modules may have, in place of those that the machine trusts. Default empty: the machine's.</summary>
    public string TrustedRootsFile { get; set; } = "";

    public static IReadOnlyList<TimeSpan> DefaultRetryDelays { get; } =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(30), TimeSpan.FromHours(1), TimeSpan.FromHours(3),
        TimeSpan.FromHours(6), TimeSpan.FromHours(12),
    ];

    /// <summary>The wait after this many tries of an event that stepped aside; null: it is a dead letter.</summary>
    public TimeSpan? AsideWait(int tries)
    {
        var delays = RetryDelays.Count > 0 ? RetryDelays : DefaultRetryDelays;
        return tries < delays.Count ? delays[tries] : null;
    }

    public IReadOnlyList<IPNetwork> ReadAllowedNetworks() => [.. AllowedNetworks.Select(network => IPNetwork.Parse(network))];

    /// <returns>Null: those that the machine trusts.</returns>
    public X509Certificate2Collection? ReadTrustedRoots()
    {
        if (TrustedRootsFile.Length == 0)
            return null;

        var roots = new X509Certificate2Collection();
        roots.ImportFromPemFile(TrustedRootsFile);
        return roots;
    }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (RetryDelays.Any(delay => delay <= TimeSpan.Zero) || RetryDelays.Zip(RetryDelays.Skip(1)).Any(pair => pair.Second < pair.First))
            yield return new ValidationResult($"All must be over zero and none under the one before; it is [{string.Join(", ", RetryDelays)}].", [nameof(RetryDelays)]);
        if (ConnectTimeout >= AttemptTimeout)
            yield return new ValidationResult($"It must be under AttemptTimeout, which is {AttemptTimeout}; it is {ConnectTimeout}.", [nameof(ConnectTimeout)]);
        foreach (var network in AllowedNetworks.Where(network => !IPNetwork.TryParse(network, out _)))
            yield return new ValidationResult($"A network is expected, as 10.1.2.0/24; it is {network}.", [nameof(AllowedNetworks)]);
        if (TrustedRootsFile.Length > 0 && !File.Exists(TrustedRootsFile))
            yield return new ValidationResult($"There is no such file; it is {TrustedRootsFile}.", [nameof(TrustedRootsFile)]);
    }
}
