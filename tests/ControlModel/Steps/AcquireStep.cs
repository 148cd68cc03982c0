using ControlModel.Model;

namespace ControlModel.Steps;

/// <summary>Acquire. Where LINE's own channel answers it has two halves: the chat is reserved, LINE is asked, and its answer is held against the reservation.</summary>
/// <param name="Ttl">In milliseconds; null: without end.</param>
public sealed record AcquireStep(int Id, int Linkage, int Chat, long? Ttl, Answer Answer) : Step(Id)
{
    public override bool MayNotHappen => Answer == Answer.None;

    public override bool OnlySees => Answer == Answer.Forbidden;

    public override int? InChat => Chat;

    public override Step Alone() => this with { Chat = 0 };

    public override IEnumerable<Taken> Take(BotState state, Lanes lanes, bool hasBegun)
    {
        if (hasBegun)
            return TakeSecondHalf(state, lanes);
        if (!Promises.MayTake(state, Linkage, Chat))
            return [IsRefused(state) ? new Taken(new Turn(state, lanes)) : Taken.Refused(state, lanes, "the chat cannot be taken by this linkage")];
        return Answer == Answer.Forbidden ? [Taken.Refused(state, lanes, "403 to a linkage that may acquire")] : [TakeFirstHalf(state, lanes)];
    }

    public override string ToString() => $"acquire chat {Chat} by linkage {Linkage}, {(Ttl is { } ttl ? $"{ttl / 1000} s" : "without end")} -> {Answer}";

    /// <summary>403 to whom LINE's API is closed; 404 where the customer is gone, and to a linkage that is in set-up or has just ceased to be on.</summary>
    private bool IsRefused(BotState state) => Answer is Answer.None or Answer.NotFound || (Answer == Answer.Forbidden && !Promises.HasAccess(state, Linkage));

    private Taken TakeFirstHalf(BotState state, Lanes lanes)
    {
        var turn = new Turn(state, lanes);
        Promises.Expire(turn, Chat);
        if (Promises.IsGuarded(turn.State, Linkage, Chat))
        {
            if (Answer is not (Answer.Locked or Answer.None))
                turn.Refuse("another's acquire is under 3 s old, or on its way");
            return new Taken(turn);
        }

        if (Promises.IsLines(turn[Chat]))
        {
            Promises.Reserve(turn, Id, Chat);
            return new Taken(turn, IsOver: false);
        }

        if (Answer is Answer.Done or Answer.None)
            Promises.Take(turn, Linkage, Chat, Ttl);
        else
            turn.Refuse("the chat could be had");
        return new Taken(turn);
    }

    private IEnumerable<Taken> TakeSecondHalf(BotState state, Lanes lanes)
    {
        var stands = Promises.Stands(state, Id, Linkage, Chat);
        if (Answer is Answer.Done or Answer.None)
        {
            var granted = new Turn(state, lanes);
            Promises.Expire(granted, Chat);
            if (stands)
                Promises.Keep(granted, Linkage, Chat, Ttl);
            else
                granted.Refuse("the reservation stands no more");
            yield return new Taken(granted);
        }

        if (!stands && Answer is Answer.Locked or Answer.NotFound or Answer.None)
        {
            var late = new Turn(state, lanes);
            Promises.Expire(late, Chat);
            Promises.GiveBack(late, Id, Chat);
            yield return new Taken(late);
        }

        if (Answer != Answer.Done)
        {
            var dropped = new Turn(state, lanes);
            Promises.Drop(dropped, Id, Chat);
            if (Answer == Answer.Forbidden)
                dropped.Refuse("403 after LINE was asked");
            yield return new Taken(dropped);
        }
    }
}
