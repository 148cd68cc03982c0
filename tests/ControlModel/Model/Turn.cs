namespace ControlModel.Model;

/// <summary>One step of the model on its way: the state as it becomes, and whether what the modules were given agrees with it.</summary>
public sealed class Turn(BotState state, Lanes lanes)
{
    private readonly Lanes _lanes = lanes;

    public BotState State { get; private set; } = state;

    /// <summary>Why this step cannot have been taken here; null while it can.</summary>
    public string? Problem { get; private set; }

    public long Now => State.Now;

    public ChatState this[int chat]
    {
        get => State.Chats[chat];
        set => Set(State with { Chats = State.Chats.SetItem(chat, value) });
    }

    public void Set(BotState state) => State = state.Fresh();

    public void Refuse(string problem) => Problem ??= problem;

    /// <summary>Takes the next copy of a lane as explained.</summary>
    /// <param name="isOptional">The copy may be missing.</param>
    /// <returns>The copy; null when it is not what the model expects.</returns>
    public Copy? Hear(int linkage, int? chat, Func<Copy, bool> matches, bool isOptional, string problem)
    {
        var lane = _lanes.Lane(linkage, chat);
        var at = State.Heard[lane];
        if (at >= _lanes[lane].Count || !matches(_lanes[lane][at]))
        {
            if (!isOptional)
                Refuse(problem);
            return null;
        }

        Set(State with { Heard = State.Heard.SetItem(lane, at + 1) });
        return _lanes[lane][at];
    }
}
