namespace LiveDesk;

/// <summary>A line of a conversation as the page sees it; see <see cref="DeskMessage"/>.</summary>
internal sealed record MessageView(long Id, string From, string Kind, string Text, DateTimeOffset At, string State, string? Error)
{
    public static MessageView Of(DeskMessage line) => new(line.Id, line.From, line.Kind, line.Text, line.At, line.State, line.Error);
}
