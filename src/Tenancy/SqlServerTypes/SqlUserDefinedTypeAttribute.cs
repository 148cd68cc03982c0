namespace Microsoft.SqlServer.Server;

/// <summary>Marks a CLR user-defined type.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, AllowMultiple = false, Inherited = true)]
public sealed class SqlUserDefinedTypeAttribute(Format format) : Attribute
{
    /// <summary>Who serialises the type.</summary>
    public Format Format { get; } = format;

    /// <summary>Greatest size of a value in bytes; -1: no limit.</summary>
    public int MaxByteSize { get; set; }

    /// <summary>Whether all values are of the same length.</summary>
    public bool IsFixedLength { get; set; }

    /// <summary>Whether values sort by their bytes.</summary>
    public bool IsByteOrdered { get; set; }

    /// <summary>Method of the type that checks a value.</summary>
    public string? ValidationMethodName { get; set; }

    /// <summary>The type's name in SQL.</summary>
    public string? Name { get; set; }
}
