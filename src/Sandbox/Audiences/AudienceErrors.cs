using Sandbox.Api;

namespace Sandbox.Audiences;

/// <summary>Refusals of the audience calls: a code in the details. Source: reference, "Manage audience"; LINE's example words the message as the code in small letters.</summary>
internal static class AudienceErrors
{
    public static readonly LineAnswer NotFound = Of("AUDIENCE_GROUP_NOT_FOUND");
    public static readonly LineAnswer CountMaxOver = Of("AUDIENCE_GROUP_COUNT_MAX_OVER");
    public static readonly LineAnswer NameEmpty = Of("AUDIENCE_GROUP_NAME_EMPTY");
    public static readonly LineAnswer NameWrong = Of("AUDIENCE_GROUP_NAME_WRONG");
    public static readonly LineAnswer NameSizeOver = Of("AUDIENCE_GROUP_NAME_SIZE_OVER");
    public static readonly LineAnswer RequestIdDuplicate = Of("AUDIENCE_GROUP_REQUESTID_DUPLICATE");
    public static readonly LineAnswer RequestNotFound = Of("REQUEST_NOT_FOUND");
    public static readonly LineAnswer TooOldMessages = Of("TOO_OLD_MESSAGES");
    public static readonly LineAnswer WrongBotId = Of("WRONG_BOT_ID");
    public static readonly LineAnswer InvalidIdFormat = Of("UPLOAD_AUDIENCE_GROUP_INVALID_AUDIENCE_ID_FORMAT");
    public static readonly LineAnswer NoValidIds = Of("UPLOAD_AUDIENCE_GROUP_NO_VALID_AUDIENCE_IDS");
    public static readonly LineAnswer TooManyIds = Of("UPLOAD_AUDIENCE_GROUP_TOO_MANY_AUDIENCE_IDS");
    public static readonly LineAnswer UploadDescriptionSizeOver = Of("AUDIENCE_GROUP_UPLOAD_DESCRIPTION_SIZE_OVER");
    public static readonly LineAnswer CannotUploadExpired = Of("AUDIENCE_GROUP_CAN_NOT_UPLOAD_STATUS_EXPIRED");

    private static LineAnswer Of(string code) => LineAnswer.Error(400, code.ToLowerInvariant().Replace('_', ' '), [new ErrorDetail(code)]);
}
