namespace Portal.Providers;

public enum ScanVerdict { Clean, Infected, Away }

/// <summary>Looks for what harms whoever opens a document.</summary>
public interface IDocumentScanner
{
    Task<ScanVerdict> ScanAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken);
}
