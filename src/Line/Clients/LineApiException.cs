using System.Net;

namespace Line;

/// <summary>LINE refused a call, or answered what is no answer.</summary>
/// <remarks>
/// Branch on <see cref="Status"/>; LINE may change the texts. Nothing here retries: 429 and 5xx (<see cref="IsTransient"/>) are the caller's to
/// repeat after a growing pause, with the same retry key where the call takes one. A network failure is an <see cref="HttpRequestException"/>.
/// </remarks>
public sealed class LineApiException : Exception
{
    // LINE answers 429 for its pace and for the month's quota alike, and says to tell them apart by this text.
    private const string MonthlyLimit = "You have reached your monthly limit.";

    /// <summary>For clients and for tests of code that catches it.</summary>
    public LineApiException(HttpStatusCode status, string message, IReadOnlyList<LineErrorDetail>? details = null, string? errorCode = null, string? requestId = null)
        : base(message)
    {
        Status = status;
        Details = details ?? [];
        ErrorCode = errorCode;
        RequestId = requestId;
    }

    /// <summary>The HTTP status.</summary>
    public HttpStatusCode Status { get; }

    /// <summary>What is wrong with which property; often empty.</summary>
    public IReadOnlyList<LineErrorDetail> Details { get; }

    /// <summary>The OAuth error code, like <c>invalid_grant</c>, of token and attach calls.</summary>
    public string? ErrorCode { get; }

    /// <summary>LINE's id of the call (<c>x-line-request-id</c>): quote it when asking LINE.</summary>
    public string? RequestId { get; }

    /// <summary>The month's messages are used up: repeating helps only next month or on a larger plan.</summary>
    public bool IsMonthlyLimit => Status == HttpStatusCode.TooManyRequests && Message == MonthlyLimit;

    /// <summary>The same call may succeed a little later.</summary>
    public bool IsTransient => (int)Status >= 500 || (Status == HttpStatusCode.TooManyRequests && !IsMonthlyLimit);
}
