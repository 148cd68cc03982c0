using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Sandbox.Accounts;
using Sandbox.Chats;
using Sandbox.Http;
using Sandbox.Phone;
using Sandbox.Webhooks;

namespace Sandbox.AccountLinks;

/// <summary>Checks who is in the browser against whom the link token was issued for, and tells the account's channels.</summary>
/// <remarks>Source: "Linking accounts"; reference, "Account link event".</remarks>
internal sealed partial class AccountLinking(
    LinkTokens tokens, AccountDirectory accounts, PeopleDirectory people, ChatBook chats, EventPublisher events, Timeline timeline, TimeProvider clock)
{
    /// <summary>What a dialog that was opened with these is about; null when LINE would only show an error, and tell nobody.</summary>
    public AccountLinkRequest? Look(string? linkToken, string? nonce)
    {
        if (linkToken is null || nonce is null || !Nonce().IsMatch(nonce) || !tokens.TryFind(linkToken, out var token))
            return null;
        if (!accounts.TryFind(token.BotId, out var account) || account.IsSuspended || !people.TryFind(token.PersonId, out var person))
            return null;

        return new AccountLinkRequest(linkToken, nonce, account, person);
    }

    /// <summary>Ends the attempt. The token is used up whoever was there: a failed attempt is not tried again with it.</summary>
    /// <param name="by">Who is in the browser.</param>
    /// <returns>Whether the accounts are linked; null when LINE only shows an error, and tells nobody.</returns>
    public bool? Finish(string? linkToken, string? nonce, Person by)
    {
        if (Look(linkToken, nonce) is not { } request)
            return null;

        return chats.Update(new ChatKey(request.Account.BotId, request.Person.Id), chat =>
        {
            var isSame = by.Id == request.Person.Id;
            if ((isSame && chat.State.Friendship != Friendship.Friend) || !tokens.TryUse(request.LinkToken, out _))
                return (bool?)null;

            var now = clock.GetUtcNow();
            var link = new JsonObject { ["link"] = new JsonObject { ["result"] = isSame ? "ok" : "failed", ["nonce"] = request.Nonce } };
            timeline.Add(new TimelineEntry(
                0, now, "line", "person", request.Account.BotId, by.Id, EventType: "accountLink", Text: $"{by.Name} {(isSame ? "linked an account" : "was not the one to link")}", Body: Json.Element(link)));
            events.ToChat(chat, request.Person, "accountLink", link, isReplyable: isSame, now, hasSource: isSame);
            return isSame;
        });
    }

    /// <summary>LINE: 10 to 255 characters. It recommends Base64; we take both of its alphabets and what stays as it is in an address.</summary>
    [GeneratedRegex(@"\A[A-Za-z0-9+/=_.~-]{10,255}\z")]
    private static partial Regex Nonce();
}
