using Line;
using ModuleGateway.Journal;
using ModuleGateway.Linkages;
using Tenancy;

namespace ModuleGateway.Retention;

/// <summary>A stretch of the journal: events behind <paramref name="After"/>, up to <paramref name="UpTo"/>.</summary>
internal readonly record struct Stretch(long After, long UpTo);

/// <summary>What is known of somebody who is to be forgotten, wherever it lies. Each removal counts what went.</summary>
internal interface IErasureRows
{
    /// <summary>The bot's events in a stretch, those of the gateway's own among them.</summary>
    IReadOnlyList<EventRow> Events(BotId bot, Stretch stretch);

    /// <summary>Whether something was given out of a chat in a stretch.</summary>
    bool HasDeliveries(ChatKey chat, Stretch stretch);

    /// <summary>Takes away what an event says, whom it is about and what is owed of it. That it came stays known.</summary>
    void Erase(EventRow row);

    /// <summary>What was given out of a chat, to whomever.</summary>
    int RemoveDeliveries(ChatKey chat, Stretch stretch);

    /// <summary>What was given to a linkage; events of its bot that nobody else was given are blanked.</summary>
    int RemoveDeliveries(BotId bot, LinkageId linkage, Stretch stretch);

    /// <summary>The bot's events with all that belongs to them.</summary>
    int RemoveEvents(BotId bot, Stretch stretch);

    /// <summary>Whatever else names a chat: replays of it, sends on their way to it.</summary>
    void RemoveTraces(ChatKey chat);

    /// <summary>Whatever else is a linkage's: attempts to link accounts, tags, accepted keys, messages it may download, things that stay at LINE, replays.</summary>
    void RemoveTraces(LinkageId linkage);

    /// <summary>Up to so many chats and known ids of a bot; 0: there are none.</summary>
    int RemoveChats(BotId bot, int max);

    /// <summary>Whatever else is a bot's, its account last.</summary>
    void RemoveTraces(BotId bot);
}
