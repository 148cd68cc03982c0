using System.Text.RegularExpressions;
using ModuleGateway.Control;

namespace ModuleGateway.Facade;

/// <summary>What a special call does in place of <see cref="PassCall"/>.</summary>
internal delegate Task<FacadeAnswer> CallHandler(FacadeCall call, CancellationToken cancellationToken);

/// <summary>A call of LINE's as modules may make it: one row of <see cref="FacadeTable"/>.</summary>
/// <param name="Path">LINE's template. <c>{userId}</c>, <c>{groupId}</c>, <c>{roomId}</c> and <c>{chatId}</c> are ids by their names: the linkage's here, LINE's on the way
/// on. <c>{messageId}</c> is a message that this linkage received. Any other parameter goes on as it is, unless an <see cref="ICallStep"/> changes it.</param>
/// <param name="Rule">What it needs of its caller; see <see cref="Admission"/>.</param>
internal sealed partial record CallRow(HttpMethod Method, string Path, CallRule Rule)
{
    /// <summary>Method and template, as in <c>GET /v2/bot/profile/{userId}</c>.</summary>
    public string Name => $"{Method} {Path}";

    /// <summary>Which of LINE's hosts has it. Ours is one for all.</summary>
    public LineHost Host { get; init; }

    public BodyKind Body { get; init; }

    /// <summary>The longest body that is taken. LINE's own bound of 2 MB, but for files.</summary>
    public long BodyBytesMax { get; init; } = 2 * 1024 * 1024;

    public AnswerKind Answer { get; init; }

    /// <summary>Where the request says which chats it is about; null: it is about none. A <see cref="Standing"/> in a chat is asked for each of them.</summary>
    public ChatsOf? Chats { get; init; }

    /// <summary>LINE's answer where a user, group or room that the call names besides its chats is none that LINE knows.</summary>
    public FacadeAnswer Unknown { get; init; } = LineErrors.NotFound;

    /// <summary>Whether LINE's 404, or success, says that the one user, group or room of the path is gone, or is there.</summary>
    public bool TellsPresence { get; init; }

    /// <summary>What of the request and the answer belongs to the linkage that made it.</summary>
    public IReadOnlyList<ThingPlace> Things { get; init; } = [];

    /// <summary>LINE's bucket for this call, one for each account.</summary>
    public RateLimit Rate { get; init; } = RateLimit.Usual;

    /// <summary>Whether <c>X-Line-Retry-Key</c> is taken; other calls that send refuse it.</summary>
    public bool TakesRetryKey { get; init; }

    /// <summary>Whether LINE tells of its delivery later, and so takes <c>X-Line-Delivery-Tag</c>.</summary>
    public bool TakesDeliveryTag { get; init; }

    /// <summary>Whether the body may name users, groups or rooms. Otherwise what is called like one is something else.</summary>
    public bool BodyHasIds { get; init; } = true;

    /// <summary>By what LINE bills it.</summary>
    public Billing Bills { get; init; }

    /// <summary>Null: <see cref="PassCall"/>, which does all that stands in the other columns.</summary>
    public Func<IServiceProvider, CallHandler>? Handler { get; init; }

    /// <summary>Names of the path's parameters, in their order.</summary>
    public IReadOnlyList<string> Parameters { get; } = [.. Placeholder().Matches(Path).Select(match => match.Groups[1].Value)];

    /// <summary>Sends messages, in whatever way.</summary>
    public bool Sends => Method == HttpMethod.Post && Path.StartsWith("/v2/bot/message/", StringComparison.Ordinal);

    /// <summary>The path with these values, escaped, in place of its parameters.</summary>
    public string PathWith(IReadOnlyDictionary<string, string> values) => Placeholder().Replace(Path, match => Uri.EscapeDataString(values[match.Groups[1].Value]));

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Placeholder();
}

internal enum LineHost : byte
{
    /// <summary>https://api.line.me</summary>
    Api,

    /// <summary>https://api-data.line.me: pictures, recordings and files.</summary>
    Data,
}

internal enum BodyKind : byte
{
    /// <summary>None that anybody reads.</summary>
    None,

    /// <summary>Read whole, ids made LINE's, all else byte for byte.</summary>
    Json,

    /// <summary>Of any content type, passed on while it comes in.</summary>
    Stream,
}

internal enum AnswerKind : byte
{
    /// <summary>Read whole; ids of JSON made the module's.</summary>
    Json,

    /// <summary>Passed on while it comes in; a refusal is read whole.</summary>
    Stream,
}

/// <summary>What LINE counts of a call that it accepted. Source: messaging API docs, "Messaging API pricing": recipients, not message objects.</summary>
internal enum Billing : byte
{
    Nothing,

    /// <summary>The people in the one chat: one, or the members of a group or room.</summary>
    Chat,

    /// <summary>Each user that is named.</summary>
    Users,

    /// <summary>As many as LINE finds.</summary>
    Audience,

    /// <summary>One, if and when LINE delivers it.</summary>
    Delivered,
}

/// <summary>A token bucket of LINE's. Source: messaging API reference, "Rate limits".</summary>
/// <param name="Calls">Its size, and what flows back within <paramref name="Per"/>.</param>
internal readonly record struct RateLimit(int Calls, TimeSpan Per)
{
    /// <summary>For all calls that LINE does not list apart.</summary>
    public static RateLimit Usual { get; } = PerSecond(2000);

    public static RateLimit PerSecond(int calls) => new(calls, TimeSpan.FromSeconds(1));

    public static RateLimit PerMinute(int calls) => new(calls, TimeSpan.FromMinutes(1));

    public static RateLimit PerHour(int calls) => new(calls, TimeSpan.FromHours(1));
}
