using ControlModel.Model;

namespace ControlModel.Steps;

/// <summary>What an event of LINE's is, as far as control has to do with it.</summary>
public enum EventKind : byte { Message, Unfollow, Follow, Activated, Deactivated, BotSuspended, BotResumed, Detached, Attached }

/// <summary>An event of LINE's: taken where the gateway routes it.</summary>
/// <param name="Seq">Its place in the order of acceptance.</param>
/// <param name="Chat">-1: the whole account's.</param>
/// <param name="IsActiveAtLine">The mode that LINE gave it.</param>
/// <param name="SaidAt">LINE's timestamp.</param>
public sealed record EventStep(int Id, EventKind Kind, string EventId, long Seq, int Chat, bool IsActiveAtLine, long SaidAt) : Step(Id)
{
    public override long? Order => Seq;

    /// <summary>About the connection itself: it need not wait for events that wait for a connection.</summary>
    public override bool Overtakes => Chat < 0;

    public override int? InChat => Chat < 0 ? null : Chat;

    public override Step Alone() => Chat < 0 ? this : this with { Chat = 0 };

    public override IEnumerable<Taken> Take(BotState state, Lanes lanes, bool hasBegun)
    {
        var turn = new Turn(state, lanes);
        switch (Kind)
        {
            case not (EventKind.BotSuspended or EventKind.BotResumed or EventKind.Detached or EventKind.Attached) when state.Wire == Wire.Detached:
                turn.Refuse("it waits until the account is connected again");
                break;
            case EventKind.Activated or EventKind.Deactivated:
                Promises.HearSide(turn, Chat, isStandby: Kind == EventKind.Deactivated, SaidAt, isNotice: true);
                break;
            case EventKind.BotSuspended or EventKind.BotResumed or EventKind.Detached or EventKind.Attached:
                if (SaidAt < state.WireSaidAt)
                    break; // From before what is known: it came late.

                foreach (var changed in Promises.ChangesOfAccount(state, lanes, bot => bot with { Wire = ToWire(), WireSaidAt = SaidAt }))
                    yield return new Taken(changed);
                yield break;
            default:
                Promises.Route(turn, EventId, Chat, IsActiveAtLine, SaidAt, leaves: Kind == EventKind.Unfollow, returns: Kind == EventKind.Follow);
                break;
        }

        yield return new Taken(turn);
    }

    private Wire ToWire() => Kind switch { EventKind.BotSuspended => Wire.Suspended, EventKind.Detached => Wire.Detached, _ => Wire.Attached };

    public override string ToString() => $"LINE's {Kind}{(Chat < 0 ? "" : $" in chat {Chat}, {(IsActiveAtLine ? "active" : "standby")}")}, said {SaidAt}, {EventId}";
}
