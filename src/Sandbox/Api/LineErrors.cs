using System.Globalization;

namespace Sandbox.Api;

/// <summary>LINE's error texts, each with its source. Where LINE documents a status without a text, the text is ours and says so.</summary>
internal static class LineErrors
{
    /// <summary>Reference, "Status codes", 401.</summary>
    public static readonly LineAnswer InvalidToken = LineAnswer.Error(401, "Authentication failed due to the following reason: invalid token. Confirm that the access token in the authorization header is valid.");

    /// <summary>Reference, "Error responses". Also our answer for a missing scope, a missing or foreign bot header and a suspended account, which LINE does not document.</summary>
    public static readonly LineAnswer NotAvailable = LineAnswer.Error(403, "Access to this API is not available for your account");

    /// <summary>Reference, "Error responses".</summary>
    public static readonly LineAnswer NotFound = LineAnswer.Error(404, "Not found");

    /// <summary>Reference, "Get content": lower case there.</summary>
    public static readonly LineAnswer ContentNotFound = LineAnswer.Error(404, "not found");

    /// <summary>Reference, "Get content": the person took the message back.</summary>
    public static readonly LineAnswer ContentGone = LineAnswer.Error(410, "The content is gone");

    /// <summary>Reference, "Mark messages as read by token".</summary>
    public static readonly LineAnswer InvalidReadToken = LineAnswer.Error(400, "Invalid markAsReadToken. Tokens must be used by the bot that received them via Webhook.");

    /// <summary>Reference, "Rate limits".</summary>
    public static readonly LineAnswer RateLimit = LineAnswer.Error(429, "The API rate limit has been exceeded. Try again later.");

    /// <summary>Reference, "Error responses".</summary>
    public static readonly LineAnswer MonthlyLimit = LineAnswer.Error(429, "You have reached your monthly limit.");

    /// <summary>Reference, "Send reply message".</summary>
    public static readonly LineAnswer InvalidReplyToken = LineAnswer.Error(400, "Invalid reply token");

    /// <summary>Reference, "Send push message".</summary>
    public static readonly LineAnswer FailedToSend = LineAnswer.Error(400, "Failed to send messages");

    /// <summary>Status from the reference; the text is ours.</summary>
    public static readonly LineAnswer TooLarge = LineAnswer.Error(413, "The request body is too large");

    /// <summary>Module reference, "Acquire Control API": status only; the text is ours.</summary>
    public static readonly LineAnswer Locked = LineAnswer.Error(423, "Locked");

    /// <summary>Module reference, "Detach".</summary>
    public static readonly LineAnswer InvalidBotId = LineAnswer.Error(400, "user/group/room Id is not available.");

    /// <summary>Module reference, "Detach".</summary>
    public static readonly LineAnswer NotDetachable = LineAnswer.Error(400, "Specified channel is not detachable");

    /// <summary>Reference, "Set webhook endpoint URL".</summary>
    public static readonly LineAnswer InvalidWebhookUrl = LineAnswer.Error(400, "Invalid webhook endpoint URL");

    /// <summary>Reference, "Get webhook endpoint information".</summary>
    public static readonly LineAnswer NoWebhookUrl = LineAnswer.Error(404, "Webhook endpoint not found");

    /// <summary>Module reference, "Get multiple bot info"; also "Get follower ids".</summary>
    public static readonly LineAnswer InvalidStart = LineAnswer.Error(400, "Invalid start param");

    /// <summary>The text is ours: LINE documents only that a retry key is refused here.</summary>
    public static readonly LineAnswer RetryKeyNotTaken = LineAnswer.Error(400, "The retry key is not supported for this API");

    /// <summary>The text is ours.</summary>
    public static readonly LineAnswer InvalidRetryKey = LineAnswer.Error(400, "The retry key must be a UUID");

    /// <summary>Status from the reference; the text is ours.</summary>
    public static readonly LineAnswer Internal = LineAnswer.Error(500, "Internal Server Error");

    /// <summary>Status from the reference; the text is ours.</summary>
    public static readonly LineAnswer MediaType = LineAnswer.Error(415, "Unsupported Media Type");

    /// <summary>Reference, "Upload rich menu image".</summary>
    public static readonly LineAnswer RichMenuImageSize = LineAnswer.Error(400, "The image size is not allowed for richmenu");

    /// <summary>Reference, "Upload rich menu image".</summary>
    public static readonly LineAnswer RichMenuImageThere = LineAnswer.Error(400, "An image has already been uploaded to the richmenu");

    /// <summary>Reference, "Set default rich menu": the details are an empty list there, not absent.</summary>
    public static readonly LineAnswer RichMenuWithoutImage = LineAnswer.Of(400, new { message = "must upload richmenu image before applying it to user", details = Array.Empty<object>() });

    /// <summary>Reference, "Get default rich menu ID". Our answer also to who clears it.</summary>
    public static readonly LineAnswer RichMenuOfAnother = LineAnswer.Error(403, "the richmenu is owned by another channel");

    /// <summary>Reference, "Get default rich menu ID".</summary>
    public static readonly LineAnswer NoDefaultRichMenu = LineAnswer.Error(404, "no default richmenu");

    /// <summary>Reference, "Get rich menu ID of user".</summary>
    public static readonly LineAnswer NoRichMenuOfUser = LineAnswer.Error(404, "the user has no richmenu");

    /// <summary>Reference, "Link rich menu to multiple users" and "Create rich menu alias".</summary>
    public static readonly LineAnswer InvalidRichMenuId = LineAnswer.Error(400, "invalid richMenuId");

    /// <summary>Reference, "Link rich menu to multiple users".</summary>
    public static readonly LineAnswer RichMenuNotFound = LineAnswer.Error(404, "richmenu not found");

    /// <summary>Reference, "Create rich menu alias": the same text under another status.</summary>
    public static readonly LineAnswer RichMenuOfAliasNotFound = LineAnswer.Error(400, "richmenu not found");

    /// <summary>Reference, "Create rich menu alias".</summary>
    public static readonly LineAnswer AliasConflict = LineAnswer.Error(400, "conflict richmenu alias id");

    /// <summary>Reference, "Update rich menu alias" and its neighbours.</summary>
    public static readonly LineAnswer AliasNotFound = LineAnswer.Error(404, "richmenu alias not found");

    /// <summary>The limit of 1000 is from the reference, the text is ours.</summary>
    public static readonly LineAnswer TooManyRichMenus = LineAnswer.Error(400, "The maximum number of rich menus has already been created");

    /// <summary>The limit of 1000 is from the reference, the text is ours.</summary>
    public static readonly LineAnswer TooManyAliases = LineAnswer.Error(400, "The maximum number of rich menu aliases has already been created");

    /// <summary>Reference, "Send narrowcast message".</summary>
    public static readonly LineAnswer NotEnoughFriends = LineAnswer.Error(403, "Your account does not have enough friends");

    /// <summary>Reference, "Send narrowcast message".</summary>
    public static readonly LineAnswer ForbidNeedsUpTo = LineAnswer.Error(400, "The option forbidPartialDelivery must be used with upToRemainingQuota.");

    /// <summary>Reference, "Get number of followers".</summary>
    public static readonly LineAnswer DateRequired = LineAnswer.Error(400, "date is required");

    /// <summary>Reference, "Get number of followers": a date that is none.</summary>
    public static readonly LineAnswer BadRequest = LineAnswer.Error(400, "Bad Request");

    /// <summary>Reference, "Get a preview image of the image or video".</summary>
    public static readonly LineAnswer NoPreview = LineAnswer.Error(400, "The content can not be previewed");

    /// <summary>Reference, "Verify the preparation status of a video or audio".</summary>
    public static readonly LineAnswer NoTranscoding = LineAnswer.Error(400, "Transcoding status doesn't support this type of content");

    /// <summary>Reference, "LINE notification messages": no LINE user has the number, or takes no such messages.</summary>
    public static readonly LineAnswer UnreachableNumber = LineAnswer.Error(422, "Failed to send messages");

    /// <summary>The length of 16 to 100 is from the reference, the text is ours.</summary>
    public static readonly LineAnswer InvalidDeliveryTag = LineAnswer.Error(400, "The value for the 'X-Line-Delivery-Tag' header is invalid");

    /// <summary>Status from LINE's messaging-api.yml, closeCoupon; the text is ours.</summary>
    public static readonly LineAnswer CouponClosed = LineAnswer.Error(410, "The coupon is already closed");

    /// <summary>Reference, "LINE notification messages (template)".</summary>
    public static LineAnswer InvalidTemplateKey(string key) =>
        LineAnswer.Error(400, $"Invalid templateKey: {key}", [new ErrorDetail("The specified template doesn't exist, or you don't have the permission")]);

    /// <summary>Reference, "Send narrowcast message".</summary>
    public static LineAnswer InvalidAudienceId(long id) => LineAnswer.Error(400, string.Create(CultureInfo.InvariantCulture, $"Invalid audience group id: {id}"));

    /// <summary>Reference, "Send narrowcast message".</summary>
    public static LineAnswer InvalidRequestId(string id) => LineAnswer.Error(400, $"Invalid request id: {id}");

    /// <summary>Reference, "Error responses". <paramref name="name"/>: userId, groupId, roomId, chatId.</summary>
    public static LineAnswer InvalidParameter(string name) => LineAnswer.Error(400, $"The value for the '{name}' parameter is invalid");

    /// <summary>Reference, "Error responses".</summary>
    public static LineAnswer InvalidProperty(string path) => LineAnswer.Error(400, $"The property, '{path}', in the request body is invalid (line: -, column: -)");

    /// <summary>Reference, "Error responses". Lines and columns count from 1.</summary>
    public static LineAnswer NotJson(long line, long column) =>
        LineAnswer.Error(400, string.Create(CultureInfo.InvariantCulture, $"The request body could not be parsed as JSON (line: {line}, column: {column})"));

    /// <summary>Reference, "Error responses".</summary>
    public static LineAnswer ContentType(string? given) => LineAnswer.Error(400, $"The content type, {given ?? "null"}, is not supported");

    /// <summary>What developers report of flex messages and carousels; not in the reference.</summary>
    public static LineAnswer InvalidMessage(int index, IReadOnlyList<ErrorDetail> details) =>
        LineAnswer.Error(400, string.Create(CultureInfo.InvariantCulture, $"A message (messages[{index}]) in the request body is invalid"), details);

    /// <summary>Reference, "Error responses".</summary>
    public static LineAnswer Invalid(IReadOnlyList<ErrorDetail> details) =>
        LineAnswer.Error(400, string.Create(CultureInfo.InvariantCulture, $"The request body has {details.Count} error(s)"), details);
}
