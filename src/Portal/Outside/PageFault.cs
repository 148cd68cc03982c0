namespace Portal.Outside;

/// <summary>Why a page could not be looked at.</summary>
public enum PageFault
{
    /// <summary>Not an https address, or one with a name and password in it, or at a port of another protocol.</summary>
    BadAddress,

    /// <summary>Its host is, in part or whole, at an address that is not of the open internet.</summary>
    NotPublic,

    /// <summary>Nobody answers, or not in time, or not with a valid certificate.</summary>
    NotReached,

    TooManyRedirects,

    /// <summary>It answered, with something other than 200.</summary>
    BadStatus,

    /// <summary>More than a megabyte.</summary>
    TooLarge,

    /// <summary>Neither HTML nor plain text.</summary>
    NotAPage,
}
