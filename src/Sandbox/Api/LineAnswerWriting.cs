namespace Sandbox.Api;

/// <summary>Puts an answer on the wire.</summary>
internal static class LineAnswerWriting
{
    public static async Task WriteAsync(this LineAnswer answer, HttpContext http)
    {
        http.Response.StatusCode = answer.Status;
        if (answer.AcceptedRequestId is { } accepted)
            http.Response.Headers["x-line-accepted-request-id"] = accepted;
        if (answer.Body is not { } body)
            return;

        http.Response.ContentType = answer.ContentType;
        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }
}
