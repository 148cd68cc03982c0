using System.Diagnostics;

namespace ModuleGateway.Tracing;

/// <summary>Traces, from a webhook's receipt to the module's answer. Nobody listens: nothing is made.</summary>
/// <remarks>In a span stand our own ids, statuses and reasons; never a person's id, a text, a token, an address.</remarks>
internal static class Spans
{
    public const string SourceName = "ModuleGateway";

    private static readonly ActivitySource Source = new(SourceName);

    public static bool AreWanted => Source.HasListeners();

    /// <summary>The trace that is being written here; null: none.</summary>
    public static ActivityContext? Current => Activity.Current is { Source: var source } span && source == Source ? span.Context : null;

    /// <summary>Begins a span; it ends when it is disposed of.</summary>
    /// <param name="name">What is done.</param>
    /// <param name="kind">On which side.</param>
    /// <param name="parent">What caused it, maybe in another process; null: it begins a trace. Whatever a stranger's header says of traces is not believed.</param>
    public static Activity? Begin(string name, ActivityKind kind, ActivityContext? parent = null)
    {
        if (!Source.HasListeners())
            return null;

        var around = Activity.Current;
        Activity.Current = null;
        var span = Source.StartActivity(name, kind, parent ?? default);
        if (span is null)
            Activity.Current = around;
        return span;
    }
}
