namespace ModuleGateway.Delivery;

/// <summary>Why an attempt got no answer, as a module's maker reads it. Each stands in docs/partners/errors.md with its cure.</summary>
internal static class AttemptDetails
{
    public static string NotCallable => "A module's URL must be https, at port 443 or one from 1024 on, without user name, and at a public address.";

    public static string NotPublic => "An address of the host is not public.";

    public static string NoAddress => "The host has no address.";

    public static string NoConnection => "The host takes no connection.";

    public static string NoConnectionInTime => "No connection in time.";

    public static string NoTls => "TLS failed: the certificate must be valid, for this host name and from an authority that is generally trusted, and come with its whole chain.";

    public static string NoAnswerInTime => "No answer in time.";

    public static string NoHttp => "The connection broke, or what came is no HTTP answer within bounds.";

    /// <summary>Ours: it counts for nothing.</summary>
    public static string NoPlace => "The gateway has no connection to spare at the moment.";
}
