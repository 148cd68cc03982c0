using System.Security.Cryptography;
using System.Text;
using ModuleGateway.Linkages;
using ModuleGateway.Store;
using Tenancy;

namespace ModuleGateway.Control;

/// <summary>Why there is no code.</summary>
internal enum TestCodeRefusal { UnknownLinkage, NotInSetUp, NoPermission, EnoughChats, EnoughCodes }

/// <summary>The owner's test chats: the only ones in which a linkage in set-up may be active.</summary>
/// <remarks>
/// The owner sends a code from their own phone; the chat it comes from is the linkage's test chat from that very message on, until the linkage is
/// turned on or ended or the owner stops. Anybody may guess at codes: after 20 wrong ones those that are out are worth nothing.
/// </remarks>
internal sealed class TestChats(ChatControl control, LineControl lineControl)
{
    /// <summary>How long a code is good.</summary>
    public static readonly TimeSpan CodeTime = TimeSpan.FromMinutes(10);

    /// <summary>Test chats of one linkage: the owner's phone and some colleagues'.</summary>
    public const int ChatsMax = 5;

    private const string Word = "try ";
    private const int CodeDigits = 6;
    private const int CodesMax = 8; // Of one account, a linkage one each.
    private const int WrongTriesMax = 20;

    /// <summary>What the owner sends.</summary>
    public static string TextOf(TestCode code) => Word + code.Digits;

    /// <summary>Gives a linkage its code; an earlier one of its own is void.</summary>
    public static (TestCode? Code, TestCodeRefusal? Refusal) Ask(IGatewayTransaction tx, LinkageId id)
    {
        if (Find(tx, id) is not var (account, linkage))
            return (null, TestCodeRefusal.UnknownLinkage);

        var now = tx.Now; // Not before the bot is ours: an instant from before the wait may be over.
        if (linkage.State != LinkageState.InSetUp)
            return (null, TestCodeRefusal.NotInSetUp);
        if (!linkage.Has(Scopes.MessageReceive) || !linkage.Has(Scopes.MessageSend))
            return (null, TestCodeRefusal.NoPermission);
        if (tx.Control.TestChats(id).Count >= ChatsMax)
            return (null, TestCodeRefusal.EnoughChats);

        var others = account.TestCodes.Where(code => code.Linkage != id && IsGood(code, now)).ToList();
        if (others.Count >= CodesMax)
            return (null, TestCodeRefusal.EnoughCodes);

        var digits = RandomNumberGenerator.GetString("0123456789", CodeDigits);
        while (others.Any(code => code.Digits == digits))
            digits = RandomNumberGenerator.GetString("0123456789", CodeDigits);

        var given = new TestCode(digits, id, now + CodeTime, WrongTries: 0);
        tx.Control.Put(account with { TestCodes = [.. others, given] });
        return (given, null);
    }

    /// <summary>The linkage's code while it is good.</summary>
    public static TestCode? CodeOf(AccountRow account, LinkageId linkage, DateTimeOffset now) => account.TestCodes.FirstOrDefault(code => code.Linkage == linkage && IsGood(code, now));

    /// <summary>Whether a text of a customer's needs to be looked at.</summary>
    /// <remarks>Once for every message: of an account without codes it costs nothing.</remarks>
    public static bool Expects(AccountRow account, DateTimeOffset now) => account.TestCodes.Count > 0 && HasGood(account, now);

    /// <summary>A text came in a user's chat: if it is a code, the chat is from now on its linkage's test chat, and the linkage is active in it.</summary>
    public void Hear(IGatewayTransaction tx, ChatKey key, string text, DateTimeOffset now)
    {
        if (ReadDigits(text) is not { } digits || tx.Control.Account(key.Bot) is not { } account)
            return;

        var good = account.TestCodes.Where(code => IsGood(code, now)).ToList();
        if (good.Find(code => code.Digits == digits) is not { } used)
        {
            tx.Control.Put(account with { TestCodes = [.. good.Select(code => code with { WrongTries = code.WrongTries + 1 })] });
            return;
        }

        tx.Control.Put(account with { TestCodes = [.. good.Where(code => code != used)] });
        if (tx.Control.Linkage(used.Linkage) is not { State: LinkageState.InSetUp })
            return; // Turned on or ended while the code was out.

        // Whoever had the chat, LINE's own channel too: the owner asked for it from inside.
        var (_, chat) = control.Current(tx, tx.Control.Account(key.Bot)!, key, now);
        control.Move(tx, chat, lineControl.TakenBack(account, chat.GivenUp() with { TestOf = used.Linkage }, now), now, now);
    }

    /// <summary>The owner has tried enough: each of the linkage's test chats is like any other, and its code is void.</summary>
    public void Stop(IGatewayTransaction tx, LinkageId id)
    {
        if (Find(tx, id) is not var (account, linkage))
            return;

        var now = tx.Now;

        if (account.TestCodes.Any(code => code.Linkage == id))
            tx.Control.Put(account with { TestCodes = [.. account.TestCodes.Where(code => code.Linkage != id)] });
        foreach (var tried in tx.Control.TestChats(id))
        {
            var (_, chat) = control.Current(tx, tx.Control.Account(linkage.Bot)!, tried.Key, now);

            // What the tried linkage did here goes with it: its hold, and the chat's way back to LINE that it chose. Another's hold stays.
            var isItsDoing = chat.HolderKind != HolderKind.Linkage || chat.Holder == id;
            if (isItsDoing)
                lineControl.GiveToFirst(tx, chat, chat.GivenUp() with { TestOf = null }, now);
            else
                control.Move(tx, chat, chat with { TestOf = null }, now, now);
        }
    }

    /// <summary>The account before anything else that is decided by: it has the bot to itself until the transaction ends. A linkage never changes its bot.</summary>
    private static (AccountRow Account, LinkageRow Linkage)? Find(IGatewayTransaction tx, LinkageId id) =>
        tx.Control.Linkage(id)?.Bot is { } bot && tx.Control.Account(bot) is { } account ? (account, tx.Control.Linkage(id)!) : null;

    private static bool HasGood(AccountRow account, DateTimeOffset now) => account.TestCodes.Any(code => IsGood(code, now));

    private static bool IsGood(TestCode code, DateTimeOffset now) => now < code.ExpiresAt && code.WrongTries < WrongTriesMax;

    /// <summary>The digits, if the text is nothing but a code; phones write capitals and full-width figures by themselves.</summary>
    private static string? ReadDigits(string text)
    {
        if (text.Length > 2 * (Word.Length + CodeDigits))
            return null;

        var plain = text.Normalize(NormalizationForm.FormKC).Trim();
        return plain.Length == Word.Length + CodeDigits && plain.StartsWith(Word, StringComparison.OrdinalIgnoreCase) && plain.AsSpan(Word.Length).IndexOfAnyExceptInRange('0', '9') < 0
            ? plain[Word.Length..]
            : null;
    }
}
