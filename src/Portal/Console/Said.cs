using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;
using Portal.Identity;
using Portal.Purchasing;
using Tenancy;

namespace Portal.Console;

/// <summary>What a form's answer says on the page that follows it. The code names a sentence in the texts.</summary>
public static class Said
{
    public const string TurnedOn = "turned-on";
    public const string FirstChanged = "first-changed";
    public const string Paused = "paused";
    public const string Resumed = "resumed";
    public const string Allowed = "allowed";
    public const string AllowedNoLonger = "allowed-no-longer";
    public const string Detached = "detached";
    public const string Undone = "undone";
    public const string UndoTooLate = "undo-too-late";
    public const string ChangedMeanwhile = "changed-meanwhile";
    public const string NotConnected = "not-connected";
    public const string CannotAnswerFirst = "cannot-answer-first";
    public const string ChoiceNeeded = "choice-needed";
    public const string Reconnected = "reconnected";
    public const string ReconnectRefused = "reconnect-refused";
    public const string ReconnectPending = "reconnect-pending";
    public const string SecretReplaced = "secret-replaced";
    public const string SecretWrong = "secret-wrong";
    public const string ChannelDisconnected = "channel-disconnected";
    public const string GatewayAway = "gateway-away";
    public const string ChatGivenBack = "chat-given-back";
    public const string ChatsGivenBack = "chats-given-back";
    public const string ChatsChanged = "chats-changed";
    public const string TryStopped = "try-stopped";
    public const string CannotBeTried = "cannot-be-tried";
    public const string EnoughTestChats = "enough-test-chats";

    /// <summary>To My accounts of the organisation in the path, with one sentence.</summary>
    /// <param name="about">The module that the sentence names.</param>
    /// <param name="undo">From <see cref="UndoTicket"/>, where the sentence offers to take it back.</param>
    public static RedirectHttpResult OnAccounts(CurrentMember member, string code, LinkageId? about = null, string? undo = null)
    {
        ArgumentNullException.ThrowIfNull(member);
        return TypedResults.LocalRedirect(With(OrderPath.Accounts(member.Organisation.Slug), code, about, undo));
    }

    /// <summary>To one module's page, with one sentence.</summary>
    public static RedirectHttpResult OnModule(CurrentMember member, string code, LinkageId linkage)
    {
        ArgumentNullException.ThrowIfNull(member);
        return TypedResults.LocalRedirect(With(OrderPath.Module(member.Organisation.Slug, linkage), code, null, null));
    }

    /// <summary>To the page on which a module is tried, with one sentence or none.</summary>
    public static RedirectHttpResult OnTry(CurrentMember member, string? code, LinkageId linkage)
    {
        ArgumentNullException.ThrowIfNull(member);
        var path = TryModule.Address(member.Organisation.Slug, linkage);
        return TypedResults.LocalRedirect(code is null ? path : With(path, code, null, null));
    }

    private static string With(string path, string code, LinkageId? about, string? undo) => QueryHelpers.AddQueryString(path, new Dictionary<string, string?>
    {
        ["said"] = code,
        ["about"] = about?.ToString(),
        ["undo"] = undo,
    }.Where(pair => pair.Value is not null));
}
