namespace Sandbox.Notifications;

/// <summary>Whether a person takes LINE notification messages.</summary>
internal enum NoticeConsent
{
    Agreed,
    NotSet,
    Rejected,
}
