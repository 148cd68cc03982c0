using System.Text;
using Portal.Audit;
using Portal.Store;

namespace Portal.Operations.Agreements;

/// <summary>An agreement in one language, as it was accepted.</summary>
public sealed class AgreementText : IAppendOnly
{
    public const int TitleMax = 200;
    public const int BodyMax = 60_000;

    public required Guid AgreementId { get; init; }

    public required string Language { get; init; }

    public required string Title { get; init; }

    /// <summary>Plain text; an empty line parts paragraphs.</summary>
    public required string Body { get; init; }

    /// <summary>Of title and body: an acceptance names it.</summary>
    public Fingerprint Fingerprint => Fingerprint.Of(Encoding.UTF8.GetBytes($"{Title}\n\n{Body}"));
}
