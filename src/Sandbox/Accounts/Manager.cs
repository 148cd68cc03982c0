using Line;

namespace Sandbox.Accounts;

/// <summary>A person who signs in to manage Official Accounts. Not a LINE user of the phone.</summary>
/// <param name="Email">Sign-in name, lower case.</param>
/// <param name="IsDemo">Whether the sign-in page offers a button for this manager, without a password. Only the seed and the console make such.</param>
internal sealed record Manager(string Email, string Name, PasswordHash Password, bool IsDemo, IReadOnlyList<AccountRight> Rights)
{
    public bool Administers(BotId botId) => Rights.Contains(new AccountRight(botId, AccountRole.Administrator));
}
