namespace Portal.Frame.Mediation;

/// <summary>On a command that asks somebody outside after it saved: each of its saves is a transaction of its own, with its own audit row.</summary>
/// <remarks>Otherwise the first save would hold its locks until the outside has answered, and what comes back might find nothing.</remarks>
[AttributeUsage(AttributeTargets.Class)]
public sealed class SavesByItselfAttribute(string reason) : Attribute
{
    public string Reason { get; } = reason;
}
