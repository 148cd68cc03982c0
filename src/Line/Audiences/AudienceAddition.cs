using Line.Validation;

namespace Line.Audiences;

/// <summary>More people for an audience of named people. One wrong id fails all; nobody can be taken out again.</summary>
/// <param name="AudienceGroupId">The audience.</param>
/// <param name="Audiences">1 to 10 000.</param>
/// <param name="UploadDescription">What this upload is called: 300 characters at most.</param>
public sealed record AudienceAddition(long AudienceGroupId, IReadOnlyList<AudienceMember> Audiences, string? UploadDescription = null) : IChecked
{
    /// <summary>Most people in one call; a file takes 1 500 000.</summary>
    public const int MembersMax = 10_000;

    /// <summary>More friends.</summary>
    public static AudienceAddition Of(long audienceGroupId, params IEnumerable<UserId> users) => new(audienceGroupId, [.. users.Select(user => new AudienceMember(user.ToString()))]);

    void IChecked.Check(FaultFinder faults)
    {
        faults.Size("audiences", Audiences, 1, MembersMax);
        faults.Length("uploadDescription", UploadDescription, 300);
    }
}
