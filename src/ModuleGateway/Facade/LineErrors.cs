using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ModuleGateway.Control;
using ModuleGateway.Owned;

namespace ModuleGateway.Facade;

/// <summary>LINE's refusals in LINE's words, each with its source; and the few that are ours.</summary>
internal static class LineErrors
{
    private const string StandbyMessage = "This module is on standby in this chat. Acquire control first.";

    // LINE writes an apostrophe as it is; the default encoder would make six characters of it.
    private static readonly JsonSerializerOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // Messaging API reference, "Status codes" and "Error responses".
    public static FacadeAnswer BadToken { get; } = Error(401, "Authentication failed due to the following reason: invalid token. Confirm that the access token in the authorization header is valid.");

    private const string NoAccessMessage = "Access to this API is not available for your account";

    // LINE has this one sentence; ours after it says which of the causes it is.
    public static FacadeAnswer NotLinked { get; } = NoAccess("Your module is not in it, or has ended there.");

    public static FacadeAnswer Paused { get; } = NoAccess("Your module is paused there by its owner.");

    public static FacadeAnswer Suspended { get; } = NoAccess("Your module is suspended there.");

    public static FacadeAnswer NotConnected { get; } = NoAccess("It is not connected with LINE at the moment.");

    public static FacadeAnswer NotFound { get; } = Error(404, "Not found");

    // "Get content": lower case there.
    public static FacadeAnswer NoContent { get; } = Error(404, "not found");

    public static FacadeAnswer TooLarge { get; } = Error(413, "The request body is too large: 2 MB at most.");

    public static FacadeAnswer NotJson { get; } = NotJsonAt(1, 1);

    // "Rate limits".
    public static FacadeAnswer RateLimited { get; } = Error(429, "The API rate limit has been exceeded. Try again later.");

    public static FacadeAnswer MonthlyLimit { get; } = Error(429, "You have reached your monthly limit.");

    // "Send reply message" and "Send push message".
    public static FacadeAnswer InvalidReplyToken { get; } = Error(400, "Invalid reply token");

    public static FacadeAnswer FailedToSend { get; } = Error(400, "Failed to send messages");

    // "Display a loading animation".
    public static FacadeAnswer NoUser { get; } = InvalidProperty("chatId", "Only user id is acceptable, please confirm if there are any group/room ids or illegal ids.");

    // "Retrying a failed API request"; LINE documents the status only.
    public static FacadeAnswer InvalidRetryKey { get; } = Error(400, "The retry key must be a UUID");

    public static FacadeAnswer RetryKeyNotTaken { get; } = Error(400, "The retry key is not supported for this API");

    // "Mark messages as read".
    public static FacadeAnswer InvalidReadToken { get; } = Error(400, "Invalid markAsReadToken. Tokens must be used by the bot that received them via Webhook.");

    // "Set webhook endpoint URL".
    public static FacadeAnswer InvalidEndpoint { get; } = Error(400, "Invalid webhook endpoint URL");

    // module.yml, acquireChatControl; bodies of 404 and 423 are not documented.
    public static FacadeAnswer JustTaken { get; } = Error(423, "Locked");

    // module.yml, detachModule.
    public static FacadeAnswer InvalidBot { get; } = Error(400, "user/group/room Id is not available.");

    public static FacadeAnswer NotDetachable { get; } = Error(400, "Specified channel is not detachable");

    // "Link rich menu to multiple users", and "Create rich menu alias": the same text under another status.
    public static FacadeAnswer RichMenuNotFound { get; } = Error(404, "richmenu not found");

    public static FacadeAnswer RichMenuOfAliasNotFound { get; } = Error(400, "richmenu not found");

    public static FacadeAnswer InvalidRichMenuId { get; } = Error(400, "invalid richMenuId");

    // "Get default rich menu ID" and "Get rich menu ID of user".
    public static FacadeAnswer NoDefaultRichMenu { get; } = Error(404, "no default richmenu");

    public static FacadeAnswer NoRichMenuOfUser { get; } = Error(404, "the user has no richmenu");

    // "Manage audience", error responses: a code in the details; LINE's example words the message as the code in small letters.
    public static FacadeAnswer AudienceNotFound { get; } = Audience("AUDIENCE_GROUP_NOT_FOUND");

    public static FacadeAnswer SendingNotFound { get; } = Audience("REQUEST_NOT_FOUND");

    public static FacadeAnswer InvalidAudienceId { get; } = Audience("UPLOAD_AUDIENCE_GROUP_INVALID_AUDIENCE_ID_FORMAT");

    public static FacadeAnswer BadForm { get; } = Error(400, "The form could not be read.");

    // Ours.
    public static FacadeAnswer Standby { get; } = Error(403, StandbyMessage);

    public static FacadeAnswer UnknownOutcome { get; } = Error(500, "LINE did not answer in time. It is not known whether it did what was asked.");

    public static FacadeAnswer GatewayRefused { get; } = Error(500, "LINE did not take the gateway's own access token. Nothing was done.");

    /// <summary>A list of LINE's that is no JSON: it is not handed on, for it may name what is other modules'.</summary>
    public static FacadeAnswer ListUnreadable { get; } = Error(500, "LINE's answer could not be read.");

    public static FacadeAnswer NotAsked { get; } = Error(503, "LINE could not be asked whether it knows this user, group or room. Nothing was done.");

    public static FacadeAnswer Unavailable { get; } = Error(503, "The gateway cannot keep its journal at the moment. Try again.");

    /// <summary>A body that is no JSON, and where it begins to be none.</summary>
    public static FacadeAnswer NotJsonIn(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            while (reader.Read())
                reader.Skip();
            return NotJson; // JSON, and still not what was expected.
        }
        catch (JsonException broken)
        {
            return NotJsonAt(broken.LineNumber + 1 ?? 1, broken.BytePositionInLine + 1 ?? 1);
        }
    }

    /// <summary>Why a call was not admitted.</summary>
    /// <param name="listed">The property that lists the chats of a call that is about several: each one that is not the caller's is named.</param>
    public static FacadeAnswer NotAdmitted(AdmissionVerdict verdict, string? listed = null)
    {
        if (verdict.Answer != AdmissionAnswer.Standby)
            return NoAccessFor(verdict);
        return listed is null || verdict.RefusedAt.Count == 0 ? Standby : new FacadeAnswer(403, JsonSerializer.SerializeToUtf8Bytes(new
        {
            message = StandbyMessage,
            details = verdict.RefusedAt.Select(at => new { message = "On standby in this chat", property = $"{listed}[{at}]" }),
        }, Writing));
    }

    /// <summary>The header that names the account is not there, or names none.</summary>
    public static FacadeAnswer NoBot(string header) => NoAccess($"The header {header}, which names it, is missing or is no Bot ID.");

    /// <summary>A body that does not come as HTTP says it must: of broken pieces, or too long.</summary>
    public static FacadeAnswer Unreadable(int status) => status == TooLarge.Status ? TooLarge : Error(400, "The request body could not be read.");

    /// <summary>A bug or an outage of ours: the log has the rest under this id.</summary>
    public static FacadeAnswer Internal(string correlationId) => Error(500, $"Internal error. Correlation id: {correlationId}");

    /// <summary>A module has its share of what LINE lets an account have. Of LINE's own refusal only the audiences' code is documented.</summary>
    public static FacadeAnswer NoMore(ThingKind kind) => kind switch
    {
        ThingKind.Audience => Audience("AUDIENCE_GROUP_COUNT_MAX_OVER"),
        ThingKind.RichMenuAlias => Error(400, "The maximum number of rich menu aliases has already been created"),
        _ => Error(400, "The maximum number of rich menus has already been created"),
    };

    /// <summary>"Send narrowcast message", <c>recipient</c>.</summary>
    public static FacadeAnswer InvalidAudience(string id) => Error(400, $"Invalid audience group id: {id}");

    public static FacadeAnswer InvalidRequest(string id) => Error(400, $"Invalid request id: {id}");

    /// <summary>A body that is not sent as JSON.</summary>
    public static FacadeAnswer ContentType(string? given) => Error(400, $"The content type, {given ?? "null"}, is not supported");

    /// <summary>"Invalid ids in paths": the same text for userId, groupId, roomId and chatId.</summary>
    public static FacadeAnswer InvalidParameter(string name) => Error(400, $"The value for the '{name}' parameter is invalid");

    /// <summary>One property of the body is wrong: LINE counts the errors and names each.</summary>
    public static FacadeAnswer InvalidProperty(string property, string message) => new(400, JsonSerializer.SerializeToUtf8Bytes(new
    {
        message = "The request body has 1 error(s)",
        details = new[] { new { message, property } },
    }, Writing));

    /// <summary>"Retrying a failed API request".</summary>
    /// <param name="sentMessages">JSON; null for none.</param>
    public static FacadeAnswer AlreadyAccepted(string requestId, string? sentMessages) => new(
        409,
        Encoding.UTF8.GetBytes(sentMessages is null ? """{"message":"The retry key is already accepted"}""" : $$"""{"message":"The retry key is already accepted","sentMessages":{{sentMessages}}}"""),
        AcceptedRequestId: requestId);

    /// <summary>"Send multicast message": an id in a list that is none, or is nobody's.</summary>
    public static FacadeAnswer InvalidId(string property) => Error(400, $"The property, {property}, in the request body is invalid (line: -, column: -)");

    /// <summary>LINE is silent on a property that stands twice; a body that two readers may read in two ways goes nowhere.</summary>
    public static FacadeAnswer SaidTwice(string property) => InvalidProperty(property, "May be given only once");

    private static FacadeAnswer NoAccessFor(AdmissionVerdict verdict) => verdict.Fault switch
    {
        AccessFault.Paused => Paused,
        AccessFault.Suspended => Suspended,
        AccessFault.NotConnected => NotConnected,
        AccessFault.NoScope => NoAccess($"Your module does not have the scope {verdict.Scope} there."),
        AccessFault.ScopeNotGranted => NoAccess($"Its owner has not granted the scope {verdict.Scope} at LINE."),
        _ => NotLinked,
    };

    private static FacadeAnswer NoAccess(string cause) => Error(403, $"{NoAccessMessage}. {cause}");

    private static FacadeAnswer NotJsonAt(long line, long column) => Error(400, $"The request body could not be parsed as JSON (line: {line}, column: {column})");

    private static FacadeAnswer Audience(string code) =>
        new(400, JsonSerializer.SerializeToUtf8Bytes(new { message = code.ToLowerInvariant().Replace('_', ' '), details = new[] { new { message = code } } }, Writing));

    private static FacadeAnswer Error(int status, string message) => new(status, JsonSerializer.SerializeToUtf8Bytes(new { message }, Writing));
}
