using FluentValidation.Results;

namespace Portal.Listings;

/// <summary>What every field of the editor needs to show itself.</summary>
/// <param name="Document">As it was saved, or as it was typed when it could not be.</param>
/// <param name="Language">Whose words the section shows.</param>
/// <param name="Faults">Path → what is wrong there.</param>
/// <param name="Remarks">Path → what the reviewer said of it.</param>
/// <param name="SoldPlans">Codes of plans that were published.</param>
public sealed record EditorContext(
    ListingDocument Document, string Language, IReadOnlyDictionary<string, ValidationFailure> Faults, IReadOnlyDictionary<string, string> Remarks, IReadOnlySet<string> SoldPlans)
{
    public ListingDocument.Words Words => Document.In(Language);

    /// <summary>Path of a field in the language that is shown.</summary>
    public string Path(string field) => DocumentPaths.Words(Language, field);
}
