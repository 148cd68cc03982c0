using Tenancy;

namespace Portal.Identity;

/// <summary>How somebody proved who they are.</summary>
public enum SignInWay { Demo, Passphrase, Passkey, Line, MailLink }

/// <summary>One browser in which a person is signed in. The browser's cookie only names this row: a row that ended is refused at the next click.</summary>
public sealed class Session
{
    /// <summary>Ends when nothing was asked for so long.</summary>
    public static readonly TimeSpan IdleMax = TimeSpan.FromDays(14);

    /// <summary>Ends in any case.</summary>
    public static readonly TimeSpan AgeMax = TimeSpan.FromDays(90);

    /// <summary>For what matters most a person proves themselves again after this.</summary>
    public static readonly TimeSpan FreshMax = TimeSpan.FromMinutes(10);

    public required Guid Id { get; init; }

    public required PersonId PersonId { get; init; }

    public required SignInWay Way { get; set; }

    /// <summary>The browser in its own words, for the person to recognise it by.</summary>
    public required string Device { get; init; }

    /// <summary>The network address that it was started from.</summary>
    public required string Address { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Last asked for something, to about ten minutes.</summary>
    public required DateTimeOffset SeenAt { get; set; }

    /// <summary>Last proved who they are.</summary>
    public required DateTimeOffset ProvedAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    public bool IsOpen(DateTimeOffset now) => EndedAt is null && now < SeenAt + IdleMax && now < StartedAt + AgeMax;

    public bool IsFresh(DateTimeOffset now) => now < ProvedAt + FreshMax;
}
