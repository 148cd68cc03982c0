namespace Portal.Leaving;

/// <summary>The file with an organisation's data. It lies on disk until whoever reads it closes it.</summary>
public sealed class ExportFile(Stream content)
{
    /// <summary>At its beginning.</summary>
    public Stream Open() => content;
}
