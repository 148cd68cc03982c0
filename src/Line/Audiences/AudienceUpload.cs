using System.Text.Json.Serialization;
using Line.Validation;

namespace Line.Audiences;

/// <summary>A new audience of named people.</summary>
/// <param name="Description">Its name: 1 to 120 characters, unique in any case.</param>
public sealed record AudienceUpload(string Description) : IChecked
{
    /// <summary>Whether people are named by identifiers for advertisers.</summary>
    public bool? IsIfaAudience { get; init; }

    /// <summary>What this upload is called: 300 characters at most.</summary>
    public string? UploadDescription { get; init; }

    /// <summary>Up to 10 000 people; more can be added later.</summary>
    public IReadOnlyList<AudienceMember>? Audiences { get; init; }

    /// <summary>An audience of friends.</summary>
    public static AudienceUpload Of(string description, params IEnumerable<UserId> users) =>
        new(description) { Audiences = [.. users.Select(user => new AudienceMember(user.ToString()))] };

    void IChecked.Check(FaultFinder faults)
    {
        faults.Text("description", Description, 120);
        faults.Length("uploadDescription", UploadDescription, 300);
        faults.Size("audiences", Audiences, 0, AudienceAddition.MembersMax);
    }
}
