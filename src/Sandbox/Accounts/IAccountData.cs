using Line;

namespace Sandbox.Accounts;

/// <summary>Keeps something of Official Accounts that goes with them.</summary>
internal interface IAccountData
{
    /// <summary>Forgets all of an account, as LINE does when its data is erased.</summary>
    void Forget(BotId botId);
}
