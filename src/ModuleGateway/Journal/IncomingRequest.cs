using Line;

namespace ModuleGateway.Journal;

/// <summary>A webhook request that was read and found good, its events sealed: ready to be stored.</summary>
/// <param name="Bot">Whom it is about.</param>
/// <param name="Events">In LINE's order; none for LINE's verification request.</param>
/// <param name="BodyBytes">Of the request as it came.</param>
internal sealed record IncomingRequest(BotId Bot, List<IncomingEvent> Events, int BodyBytes)
{
    /// <summary>The event's type where there is one event; empty otherwise.</summary>
    public string OnlyType => Events is [var only] ? only.Event.Type : "";
}

/// <summary>One event of a request.</summary>
/// <param name="Raw">Its bytes as LINE sent them: what an event that was stored before is held against.</param>
internal readonly record struct IncomingEvent(NewEvent Event, ReadOnlyMemory<byte> Raw);
