namespace ControlModel.Steps;

/// <summary>How a call was answered, as far as control has to do with it.</summary>
public enum Answer : byte
{
    /// <summary>No answer came: it may have happened, or not.</summary>
    None,

    /// <summary>2xx.</summary>
    Done,

    /// <summary>400 <c>Invalid reply token</c>.</summary>
    BadToken,

    /// <summary>400 <c>Specified channel is not detachable</c>.</summary>
    NotDetachable,

    /// <summary>403: on standby, or no access.</summary>
    Forbidden,

    /// <summary>404.</summary>
    NotFound,

    /// <summary>423.</summary>
    Locked,

    /// <summary>LINE refused a send that it was asked for (429 here, which the gateway never says by itself).</summary>
    LineRefused,

    /// <summary>500: nobody knows what LINE did.</summary>
    Unknown,
}
