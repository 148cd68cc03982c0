namespace BadInput;

/// <summary>What must become of a request. In no case an answer of 500 and above, nor any other shape than LINE's.</summary>
internal enum Fate
{
    /// <summary>Refused, and nothing is other than before.</summary>
    Refused,

    /// <summary>Refused, or answered as LINE answers about somebody whom nobody knows; nothing is other than before.</summary>
    WithoutEffect,

    /// <summary>No HTTP: the web server itself refuses it, before there is anybody who could speak LINE's words.</summary>
    NoHttp,

    /// <summary>It may still be valid, and then has its effect.</summary>
    MayPass,
}

/// <summary>One request that somebody should not have sent.</summary>
/// <param name="What">What is wrong with it.</param>
internal sealed record BadRequest(Sample Sample, string What, RawRequest Request, Fate Fate)
{
    public override string ToString() => $"{Sample.Name}: {What} ({Fate})\n{Request}";
}
