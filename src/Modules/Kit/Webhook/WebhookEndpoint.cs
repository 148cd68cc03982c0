using Line;
using Line.Webhooks;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Modules.Kit;

/// <summary><c>POST /webhook</c>: checks the signature, stores the events, says 200; the work comes afterwards.</summary>
internal static class WebhookEndpoint
{
    private const int BodyBytesMax = 1024 * 1024; // The platform's own limit.

    public static void MapWebhook(this IEndpointRouteBuilder routes) => routes.MapPost("/webhook", ReceiveAsync);

    private static async Task<Results<Ok, UnauthorizedHttpResult, BadRequest<string>, StatusCodeHttpResult>> ReceiveAsync(
        HttpRequest request, LineSignature signature, Inbox inbox, CancellationToken cancellationToken)
    {
        if (await ReadAsync(request, cancellationToken) is not { } body)
            return TypedResults.StatusCode(StatusCodes.Status413PayloadTooLarge);

        if (!signature.IsValid(body, request.Headers[LineSignature.HeaderName].ToString()))
            return TypedResults.Unauthorized();

        var scan = WebhookScan.Read(body);
        if (scan.Fault != WebhookFault.None)
            return TypedResults.BadRequest(scan.Fault.Describe());

        if (scan.EventCount > 0) // None: the platform asks whether anybody is at home.
            inbox.Store(body, scan);

        return TypedResults.Ok();
    }

    /// <summary>The whole body; null when it is longer than the limit.</summary>
    private static async Task<byte[]?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > BodyBytesMax)
            return null;

        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (body.Length + read > BodyBytesMax)
                return null;

            body.Write(buffer, 0, read);
        }

        return body.ToArray();
    }
}
