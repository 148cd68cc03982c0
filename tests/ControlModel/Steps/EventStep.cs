using ControlModel.Model;

namespace ControlModel.Steps;

/// <summary>What an event of LINE's is, as far as control has to do with it.</summary>
public enum EventKind : byte { Message, Unfollow, Follow, Activated, Deactivated, BotSuspended, BotResumed }

/// <summary>An event of LINE's: taken where the gateway routes it.</summary>
/// <param name="Seq">Its place in the order of acceptance.</param>
/// <param name="Chat">-1: the whole account's.</param>
/// <param name="IsActiveAtLine">The mode that LINE gave it.</param>
/// <param name="SaidAt">LINE's timestamp.</param>
public sealed record EventStep(int Id, EventKind Kind, string EventId, long Seq, int Chat, bool IsActiveAtLine, long SaidAt) : Step(Id)
{
    public override long? Order => Seq;

    public override IEnumerable<Taken> Take(BotState state, Lanes lanes, bool hasBegun)
    {
        var turn = new Turn(state, lanes);
        switch (Kind)
        {
            case EventKind.Activated or EventKind.Deactivated:
                Promises.HearSide(turn, Chat, isStandby: Kind == EventKind.Deactivated, SaidAt, isNotice: true);
                break;
            case EventKind.BotSuspended or EventKind.BotResumed when SaidAt < state.WireSaidAt:
                break; // From before what is known: it came late.
            case EventKind.BotSuspended or EventKind.BotResumed:
                Promises.ChangeAccount(turn, bot => bot with { Wire = Kind == EventKind.BotSuspended ? Wire.Suspended : Wire.Attached, WireSaidAt = SaidAt });
                break;
            default:
                Promises.Route(turn, EventId, Chat, IsActiveAtLine, SaidAt, leaves: Kind == EventKind.Unfollow);
                break;
        }

        yield return new Taken(turn);
    }

    public override string ToString() => $"LINE's {Kind}{(Chat < 0 ? "" : $" in chat {Chat}, {(IsActiveAtLine ? "active" : "standby")}")}, said {SaidAt}, {EventId}";
}
