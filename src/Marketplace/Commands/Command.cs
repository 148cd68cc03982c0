using Marketplace.Hosting;

namespace Marketplace.Commands;

/// <summary>What the command line asks for.</summary>
internal abstract record Command
{
    private Command() { }

    /// <summary>Start everything and stay.</summary>
    public sealed record Run(InstanceOptions Host) : Command;

    /// <summary>Play the whole story over HTTP.</summary>
    /// <param name="Host">Where a running instance is looked for, and how one is started when there is none.</param>
    /// <param name="Url">The portal of a running instance that must be there; null: any, or a fresh one.</param>
    /// <param name="IsJson">One JSON document instead of lines.</param>
    public sealed record Demo(InstanceOptions Host, Uri? Url, bool IsJson) : Command;

    /// <summary>Make a fresh development module and print its credentials.</summary>
    /// <param name="Host">As for <see cref="Demo"/>; where one is started, it stays.</param>
    /// <param name="Url">As for <see cref="Demo"/>.</param>
    /// <param name="WebhookUrl">Where the gateway delivers.</param>
    /// <param name="AccountName">Name or basic id of the Official Account, made where there is none; null: a fresh one.</param>
    /// <param name="Keep">Keep the temporary data folder of an instance that was started for this.</param>
    public sealed record DevModule(InstanceOptions Host, Uri? Url, Uri WebhookUrl, string? AccountName, bool Keep) : Command;

    /// <summary>Say what can be asked for.</summary>
    public sealed record Help : Command;
}
