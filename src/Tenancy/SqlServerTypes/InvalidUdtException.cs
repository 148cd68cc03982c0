namespace Microsoft.SqlServer.Server;

/// <summary>A type was used as a CLR user-defined type and is none.</summary>
public sealed class InvalidUdtException : SystemException
{
    private InvalidUdtException(string message) : base(message) { }

    /// <param name="udtType">The type.</param>
    /// <param name="resourceReason">Why it is none.</param>
    public static InvalidUdtException Create(Type udtType, string resourceReason)
    {
        ArgumentNullException.ThrowIfNull(udtType);
        return new InvalidUdtException($"'{udtType.FullName}' is an invalid user-defined type, reason: {resourceReason}.");
    }
}
