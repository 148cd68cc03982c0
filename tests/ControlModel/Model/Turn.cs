namespace ControlModel.Model;

/// <summary>One step of the model on its way: the state as it becomes, and whether what the modules were given agrees with it.</summary>
/// <param name="skips">Whether copies of chats that need not be there are taken for those of a later change: who is not owed one may have got none.</param>
public sealed class Turn(BotState state, Lanes lanes, bool skips = false)
{
    private readonly Lanes _lanes = lanes;

    /// <summary>A copy was taken that need not have been there: without it there is another way that the step may have gone.</summary>
    public bool MightSkip { get; private set; }

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
        var isThere = at < _lanes[lane].Count && matches(_lanes[lane][at]);
        if (isOptional && isThere && chat is not null)
        {
            MightSkip = true;
            isThere = !skips;
        }

        if (!isThere)
        {
            if (!isOptional)
                Refuse(problem);
            return null;
        }

        Set(State with { Heard = State.Heard.SetItem(lane, at + 1) });
        return _lanes[lane][at];
    }
}
