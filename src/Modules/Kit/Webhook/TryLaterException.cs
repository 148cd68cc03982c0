namespace Modules.Kit;

/// <summary>The platform said no for now, and nothing was done: the event is tried again after a pause.</summary>
internal sealed class TryLaterException(string reason) : Exception(reason);
