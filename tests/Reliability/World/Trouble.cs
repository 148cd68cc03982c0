using System.Security.Cryptography.X509Certificates;
using ModuleGateway.Tests.Delivery;

namespace Reliability.World;

/// <summary>What is wrong with a module's server, until it heals.</summary>
internal sealed record Trouble(string Name, Behaviour Behaviour)
{
    /// <summary>Whether the gateway finds it down; otherwise it takes what it gets, in its own way.</summary>
    public bool IsDown => Behaviour == Behaviours.Answers || !Behaviour.Takes;

    /// <summary>What it shows for TLS in place of the right one, by its host.</summary>
    public Func<TestCertificates, string, X509Certificate2>? Certificate { get; init; }

    /// <summary>Where its host is; null: nowhere.</summary>
    public string? Address { get; init; } = "127.0.0.1";

    /// <summary>Its endpoint is switched off at once, and what is owed to it are dead letters.</summary>
    public bool SwitchesOff { get; init; }

    private static Trouble Of(Behaviour behaviour) => new(behaviour.Name, behaviour);

    /// <param name="inside">Where a redirect leads, and what must never be called.</param>
    public static IReadOnlyList<Trouble> All(Uri inside) =>
    [
        Of(Behaviours.TakesItsTime), Of(Behaviours.DripsItsBody), Of(Behaviours.SaysMuch), Of(Behaviours.AnswersAndCloses),
        Of(Behaviours.Hangs), Of(Behaviours.NeverShakesHands), Of(Behaviours.Drips), Of(Behaviours.Continues), Of(Behaviours.Hints), Of(Behaviours.Headers), Of(Behaviours.OneHeader),
        Of(Behaviours.Body), Of(Behaviours.Chunks), Of(Behaviours.Bomb), Of(Behaviours.Resets), Of(Behaviours.ResetsAtOnce), Of(Behaviours.Closes), Of(Behaviours.Garbles),
        Of(Behaviours.BreaksOff), Of(Behaviours.SpeaksPlainly), Of(Behaviours.AsksForProof), Of(Behaviours.Refuses),
        Of(Behaviours.RedirectsTo(inside)),
        Of(Behaviours.IsGone) with { SwitchesOff = true },
        new("shows an expired certificate", Behaviours.Answers) { Certificate = (authority, host) => authority.For(host, isExpired: true) },
        new("shows another host's certificate", Behaviours.Answers) { Certificate = (authority, _) => authority.For("other.example") },
        new("is at a private address", Behaviours.Answers) { Address = "10.0.0.7" },
        new("is at the address of a cloud's metadata", Behaviours.Answers) { Address = "169.254.169.254" },
        new("has a host that nobody knows", Behaviours.Answers) { Address = null },
    ];
}
