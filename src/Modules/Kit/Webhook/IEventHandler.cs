namespace Modules.Kit;

/// <summary>What a module does with an event.</summary>
internal interface IEventHandler
{
    /// <summary>
    /// Does the work. It may be called again for the same event: after an exception, and after a restart in its midst
    /// (<see cref="ReceivedEvent.IsInDoubt"/>). Events of one chat come one after the other, those of different chats at the same time.
    /// </summary>
    Task HandleAsync(ReceivedEvent received, CancellationToken cancellationToken);
}
