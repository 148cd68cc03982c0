using System.Security.Cryptography;
using System.Text;
using Line;
using ModuleGateway.Linkages;
using ModuleGateway.Security;
using ModuleGateway.Store;
using Tenancy;

namespace ModuleGateway.Journal;

/// <summary>Tags of notification messages: LINE gets one of ours, and its <c>delivery</c> event the sender's own again.</summary>
internal sealed class DeliveryTags(Vault vault)
{
    private const int TagLength = 32; // LINE takes 16 to 100 characters.

    /// <summary>As long as an event about it may still be tried again.</summary>
    private static readonly TimeSpan RememberedTime = TimeSpan.FromDays(30);

    /// <summary>A tag for LINE.</summary>
    /// <param name="data">What the sender is to hear.</param>
    public DeliveryTagRow Make(IGatewayTransaction tx, BotId bot, LinkageId linkage, string data)
    {
        tx.DeliveryTags.RemoveBefore(tx.Now - RememberedTime);
        var row = new DeliveryTagRow(RandomNumberGenerator.GetHexString(TagLength, lowercase: true), bot, linkage, vault.Bodies(bot).Seal(Encoding.UTF8.GetBytes(data)), tx.Now);
        tx.DeliveryTags.Add(row);
        return row;
    }

    /// <summary>The message that a <c>delivery</c> event is about; null when none of our modules sent it.</summary>
    public static DeliveryTagRow? SentAs(IGatewayTransaction tx, BotId bot, ReadOnlySpan<byte> body) => Find(body) is { } word ? tx.DeliveryTags.Find(bot, word.Value) : null;

    /// <summary>The event as its sender knows it.</summary>
    /// <exception cref="StoreUnavailableException">The version of the master key was not read here yet.</exception>
    public byte[] PutBack(byte[] body, DeliveryTagRow sent) =>
        Find(body) is { } word ? word.Replace(body, Encoding.UTF8.GetString(vault.Bodies(sent.Bot).OpenStored(sent.SealedData, "The tag of a notification message"))) : body;

    private static EventWord? Find(ReadOnlySpan<byte> body) => EventWord.Find(body, "delivery"u8, "data"u8);
}
