using Line;
using Tenancy;

namespace ModuleGateway.Journal;

/// <summary>A notification message that a module sent, by the tag that LINE will say when it is delivered.</summary>
/// <param name="Tag">Ours: two modules may choose the same one.</param>
/// <param name="SealedData">What LINE would have said to the sender, its own tag or the hashed number, sealed with the bot's key.</param>
internal sealed record DeliveryTagRow(string Tag, BotId Bot, LinkageId Linkage, byte[] SealedData, DateTimeOffset At);

internal interface IDeliveryTagRows
{
    void Add(DeliveryTagRow tag);

    DeliveryTagRow? Find(BotId bot, string tag);

    void Remove(string tag);

    void RemoveBefore(DateTimeOffset instant);
}
