namespace Sandbox.Audiences;

/// <summary>Where an audience's people come from; of LINE's kinds those that the Messaging API can make.</summary>
internal enum AudienceType
{
    /// <summary>User ids, or advertising ids, that were uploaded.</summary>
    Upload,

    /// <summary>Who opened a link of a message.</summary>
    Click,

    /// <summary>Who saw a message.</summary>
    Imp,
}
