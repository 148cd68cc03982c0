using Line;
using ModuleGateway.Linkages;
using Tenancy;

namespace ModuleGateway.Control;

/// <summary>One change of hands.</summary>
/// <param name="Chat">Null: who answers first changed, for every chat that nobody holds.</param>
/// <param name="Lost">Who was active until then; null: LINE's own channel.</param>
/// <param name="Gained">Who is from then on, and why.</param>
/// <param name="IsExpiry">A hold ran out.</param>
/// <param name="Until">When the new hold ends by itself.</param>
internal sealed record ControlMove(BotId Bot, ChatKey? Chat, long Epoch, LinkageId? Lost, ActiveModule Gained, bool IsExpiry, DateTimeOffset? Until, DateTimeOffset At);

/// <summary>Hands changes of control to whoever watches.</summary>
internal sealed class ControlMoves
{
    /// <summary>Called inside the transaction that moves control, which may yet fail or run again: who shows a move sees first that it was kept.</summary>
    public Action<ControlMove>? Moved { get; set; }
}
