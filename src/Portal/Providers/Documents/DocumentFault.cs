namespace Portal.Providers;

/// <summary>Why a document is not taken. One sentence each; nothing of it is kept.</summary>
public enum DocumentFault
{
    Missing,

    /// <summary>More than <see cref="DocumentCheck.BytesMax"/>.</summary>
    TooLarge,

    /// <summary>Neither PDF nor JPEG nor PNG, whatever its name says.</summary>
    WrongType,

    /// <summary>Cut short, or something else hangs on it: a file that is two things at once.</summary>
    Damaged,

    /// <summary>A PDF that runs scripts, holds other files, or cannot be read without a password.</summary>
    Active,

    /// <summary>A picture so large that opening it would be an attack.</summary>
    HugePicture,

    /// <summary>The virus scanner knows it.</summary>
    Infected,

    /// <summary>The day on it is missing, in the future, or too long ago for its country.</summary>
    TooOld,
}
