using System.Buffers.Binary;
using Line;
using ModuleGateway.Linkages;
using ModuleGateway.Security;
using ModuleGateway.Store;
using Tenancy;

namespace ModuleGateway.Control;

/// <summary>Chats that do not simply follow who answers first, as the owner sees them: counted, listed without a name, given back.</summary>
internal sealed class OpenChats(ChatControl control, LineControl lineControl, Vault vault)
{
    private const int HandleBytes = 16 + 1 + 16 + 8;

    /// <summary>Names a chat to the owner's pages. It says nothing of who the customer is, and is worth nothing once the chat has another epoch.</summary>
    public string HandleOf(ChatRow chat)
    {
        Span<byte> plain = stackalloc byte[HandleBytes];
        BinaryPrimitives.WriteUInt128BigEndian(plain, chat.Key.Bot.Bits);
        plain[16] = (byte)chat.Key.Kind;
        BinaryPrimitives.WriteUInt128BigEndian(plain[17..], chat.Key.Id);
        BinaryPrimitives.WriteInt64BigEndian(plain[33..], chat.Epoch);
        return vault.OpenChats.SealAsToken(plain);
    }

    /// <summary>Gives one chat back to who answers first. False: it is no chat of this bot, it has changed since it was shown, or LINE's own channel keeps it.</summary>
    public bool GiveBack(IGatewayTransaction tx, BotId bot, string handle)
    {
        if (vault.OpenChats.OpenToken(handle) is not { Length: HandleBytes } plain || BotId.FromBits(BinaryPrimitives.ReadUInt128BigEndian(plain)) != bot)
            return false;
        if (tx.Control.Account(bot) is not { } account)
            return false;

        var key = new ChatKey(bot, (IdKind)plain[16], BinaryPrimitives.ReadUInt128BigEndian(plain.AsSpan(17)));
        var (_, chat) = control.Current(tx, account, key, tx.Now);
        if (chat.Epoch != BinaryPrimitives.ReadInt64BigEndian(plain.AsSpan(33)))
            return false;

        return lineControl.GiveToFirst(tx, chat, chat.GivenUp(), tx.Now);
    }

    /// <summary>Gives back open chats of one holder; returns how many. None: those that are left stay where they are.</summary>
    /// <param name="with">Null: those of LINE's own channel.</param>
    /// <param name="max">Chats that are looked at.</param>
    public int GiveBackAll(IGatewayTransaction tx, BotId bot, LinkageId? with, int max)
    {
        if (tx.Control.Account(bot) is null)
            return 0;

        return tx.Control.OpenWith(bot, with, tx.Now, max).Count(chat => lineControl.GiveToFirst(tx, chat, chat.GivenUp(), tx.Now));
    }
}
