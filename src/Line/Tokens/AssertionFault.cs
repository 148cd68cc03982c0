namespace Line;

/// <summary>Why an assertion is refused.</summary>
public enum AssertionFault
{
    /// <summary>It is good.</summary>
    None = 0,

    /// <summary>Not signed with this key.</summary>
    SignatureWrong,

    /// <summary>Subject and issuer are not the same channel.</summary>
    SubjectDiffers,

    /// <summary>Meant for somebody else.</summary>
    AudienceWrong,

    /// <summary>Its time is over, or it names none.</summary>
    Expired,

    /// <summary>Its time ends more than 30 minutes ahead.</summary>
    LivesTooLong,
}
