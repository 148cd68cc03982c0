using Line;

namespace Sandbox.Accounts;

/// <summary>One manager's right on one Official Account.</summary>
internal readonly record struct AccountRight(BotId BotId, AccountRole Role);
