using System.Security.Cryptography;
using Line;
using Modules.Kit;

namespace KeywordReply;

/// <summary>Which LINE user of an account is which member, and the attempts to say so.</summary>
internal sealed class MemberBook
{
    private readonly ModuleStore _store;

    public MemberBook(ModuleStore store)
    {
        _store = store;
        store.Run("CREATE TABLE IF NOT EXISTS LinkAttempt (Nonce TEXT PRIMARY KEY, Bot TEXT NOT NULL, Member TEXT NOT NULL, User TEXT NULL)");
        store.Run("CREATE TABLE IF NOT EXISTS MemberLink (Bot TEXT NOT NULL, User TEXT NOT NULL, Member TEXT NOT NULL, PRIMARY KEY (Bot, User))");
    }

    /// <summary>A member who has signed in wants to be linked.</summary>
    /// <returns>The nonce by which LINE will speak of it: 256 bits, single use.</returns>
    public string Begin(BotId bot, Member member)
    {
        var nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        _store.Run("INSERT INTO LinkAttempt (Nonce, Bot, Member) VALUES ($nonce, $bot, $member)", ("$nonce", nonce), ("$bot", bot.ToString()), ("$member", member.Id));
        return nonce;
    }

    /// <summary>LINE says that this user is who signed in. The same event may come again; another user never gets in by the same nonce.</summary>
    public Member? Link(BotId bot, UserId user, string nonce)
    {
        var (botText, userText) = (bot.ToString(), user.ToString());
        var isTaken = _store.Run(
            "UPDATE LinkAttempt SET User = $user WHERE Nonce = $nonce AND Bot = $bot AND (User IS NULL OR User = $user)", ("$user", userText), ("$nonce", nonce), ("$bot", botText)) == 1;
        if (!isTaken)
            return null;

        _store.Run(
            "INSERT INTO MemberLink (Bot, User, Member) SELECT Bot, User, Member FROM LinkAttempt WHERE Nonce = $nonce ON CONFLICT (Bot, User) DO UPDATE SET Member = excluded.Member",
            ("$nonce", nonce));
        return Of(bot, user);
    }

    /// <summary>Somebody else opened the link: nobody gets in by this nonce any more.</summary>
    public void Fail(string nonce) => _store.Run("DELETE FROM LinkAttempt WHERE Nonce = $nonce AND User IS NULL", ("$nonce", nonce));

    /// <summary>Who this user is; null when nobody knows.</summary>
    public Member? Of(BotId bot, UserId user) =>
        _store.Query("SELECT Member FROM MemberLink WHERE Bot = $bot AND User = $user", row => row.GetString(0), ("$bot", bot.ToString()), ("$user", user.ToString())) is [var id] ? DemoMembers.Find(id) : null;

    /// <summary>False when there was nothing to undo.</summary>
    public bool Unlink(BotId bot, UserId user) =>
        _store.Run("DELETE FROM MemberLink WHERE Bot = $bot AND User = $user", ("$bot", bot.ToString()), ("$user", user.ToString())) == 1;
}
