using Line.Webhooks;
using ModuleGateway.Linkages;
using ModuleGateway.Store;

namespace ModuleGateway.Control;

/// <summary>Keeps, beside each id that a bot knows, whether its user, group or room is there: what events say as they are routed, and what LINE answers when asked.</summary>
/// <remarks>In the order in which events were accepted, like all that control goes by.</remarks>
internal static class WhoIsThere
{
    /// <param name="tx">The transaction that routes the event.</param>
    /// <param name="type">The event's type.</param>
    /// <param name="chat">Where it came from.</param>
    /// <param name="ids">Every user, group and room that it names.</param>
    public static void Hear(IGatewayTransaction tx, string type, ChatKey chat, IReadOnlyList<UpstreamId> ids)
    {
        switch (type)
        {
            case EventTypes.Follow:
                Put(tx, chat, Presence.Friend);
                break;
            case EventTypes.Unfollow:
                Put(tx, chat, Presence.Blocked);
                break;
            case EventTypes.Join:
                Put(tx, chat, Presence.Joined);
                break;
            case EventTypes.Leave:
                Put(tx, chat, Presence.Left);
                break;
            case EventTypes.MemberJoined or EventTypes.MemberLeft:
                Return(tx, chat);
                foreach (var member in ids.Where(id => id.Kind == IdKind.User))
                    HearMember(tx, new ChatKey(chat.Bot, IdKind.User, member.Bits), type == EventTypes.MemberJoined ? Presence.Joined : Presence.Left);
                break;
            default:
                Return(tx, chat);
                break;
        }
    }

    /// <summary>LINE was asked for a profile or a group, and said whether there is one.</summary>
    /// <param name="before">What was known when LINE was asked: where an event has said something since, the answer is the older word.</param>
    public static void HearAnswer(IGatewayTransaction tx, ChatKey id, bool isThere, Presence before)
    {
        if (tx.Control.Known(id.Bot, id.Kind, id.Id) is not { } known || known.Presence != before)
            return;

        // No profile: of a friend it means a block. Of others it may mean no more than that they never wrote here.
        if (isThere)
            Return(tx, id);
        else if (id.Kind != IdKind.User)
            Put(tx, id, Presence.Left);
        else if (known.Presence == Presence.Friend)
            Put(tx, id, Presence.Blocked);
    }

    /// <summary>Something came from it: it is there.</summary>
    private static void Return(IGatewayTransaction tx, ChatKey chat)
    {
        if (tx.Control.Known(chat.Bot, chat.Kind, chat.Id) is { IsGone: true } known)
            tx.Control.Put(chat.Bot, known with { Presence = chat.Kind == IdKind.User ? Presence.Met : Presence.Joined });
    }

    /// <summary>That somebody is in a group, or no more, says nothing about being a friend of the account.</summary>
    private static void HearMember(IGatewayTransaction tx, ChatKey member, Presence presence)
    {
        if (tx.Control.Known(member.Bot, member.Kind, member.Id) is { Presence: Presence.Met or Presence.Joined or Presence.Left } known)
            tx.Control.Put(member.Bot, known with { Presence = presence });
    }

    private static void Put(IGatewayTransaction tx, ChatKey chat, Presence presence)
    {
        if (tx.Control.Known(chat.Bot, chat.Kind, chat.Id) is { } known && known.Presence != presence)
            tx.Control.Put(chat.Bot, known with { Presence = presence });
    }
}
