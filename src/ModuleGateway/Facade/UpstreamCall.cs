using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Line;
using ModuleGateway.Linkages;
using ModuleGateway.Store;
using ModuleGateway.Upstream;

namespace ModuleGateway.Facade;

/// <summary>Passes a call on to LINE through every <see cref="ICallStep"/>, and brings the answer back as the caller may see it.</summary>
internal sealed class UpstreamCall(LineUpstream line, IGatewayStore store, IEnumerable<ICallStep> steps)
{
    private readonly ICallStep[] _steps = [.. steps];

    public async Task<FacadeAnswer> SendAsync(FacadeCall call, ChannelId channel, LineRequest request, CancellationToken cancellationToken)
    {
        var answer = await RawAsync(call, channel, request, cancellationToken);
        return await ForCallerAsync(call, answer, cancellationToken);
    }

    public async Task<UpstreamAnswer> RawAsync(FacadeCall call, ChannelId channel, LineRequest request, CancellationToken cancellationToken)
    {
        // What changes something at LINE is seen through to its end, also for a module that hangs up meanwhile: it is counted, and known whose it is.
        if (call.Method != HttpMethod.Get)
            cancellationToken = CancellationToken.None;

        (request.Channel, request.RetryKey) = (channel, RetryKeyFor(call));
        UpstreamAnswer? answer = null;
        var passed = 0;
        while (passed < _steps.Length && answer is null)
        {
            if (await _steps[passed].BeforeAsync(call, request, cancellationToken) is { } refusal)
                answer = UpstreamAnswer.Refused(refusal.Status, refusal.Body.ToArray(), refusal.ContentType) with { RequestId = refusal.RequestId ?? "" };
            else
                passed++;
        }

        answer ??= await line.SendAsync(
            new UpstreamRequest(call.Row.Method, request.PathAndQuery, channel, call.Bot)
            {
                Body = request.Body, Content = request.Content, ContentType = request.ContentType, ContentLength = request.ContentLength,
                RetryKey = request.RetryKey, DeliveryTag = request.DeliveryTag,
                ToDataHost = call.Row.Host == LineHost.Data, StreamsAnswer = call.Row.Answer == AnswerKind.Stream,
            },
            cancellationToken);

        // What LINE did is told to all, whether or not the module still waits for it, and whatever becomes of another step.
        ExceptionDispatchInfo? fault = null;
        while (passed-- > 0)
        {
            try
            {
                answer = await _steps[passed].AfterAsync(call, request, answer, CancellationToken.None);
            }
            catch (Exception error) // Not swallowed: thrown as it is once all have heard.
            {
                fault ??= ExceptionDispatchInfo.Capture(error);
            }
        }

        fault?.Throw();
        return answer;
    }

    public async Task<FacadeAnswer> ForCallerAsync(FacadeCall call, UpstreamAnswer answer, CancellationToken cancellationToken)
    {
        var passed = FacadeAnswer.Of(answer);
        if (passed.Status >= 400)
            return passed with { Body = AnswerCopy.WriteRefusal(passed.Body, call.Caller.Ids) };
        if (passed.Body.Length == 0 || passed.ContentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) != true)
            return passed;

        var met = new List<UpstreamId>();
        ReadOnlyMemory<byte> body;
        try
        {
            body = AnswerCopy.Write(passed.Body, call.Caller.Ids, met);
        }
        catch (JsonException)
        {
            return passed with { Body = AnswerCopy.WriteRefusal(passed.Body, call.Caller.Ids) }; // No JSON, though LINE said so: it goes on as any text would.
        }

        if (met.Count > 0)
        {
            await store.WriteAsync(
                tx =>
                {
                    _ = tx.Control.Account(call.Bot); // The bot's order first, then what to write.
                    foreach (var id in met)
                        tx.Control.Meet(call.Bot, id);
                    return true;
                },
                cancellationToken);
        }

        return passed with { Body = body };
    }

    /// <summary>Two modules may choose the same key for different sends: LINE sees one that is made from linkage, call and key.</summary>
    public static string? RetryKeyFor(FacadeCall call)
    {
        if (!Guid.TryParseExact(call.RetryKey, "D", out var key))
            return null; // A call that takes a retry key was refused with any other.

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{call.Caller.Row.Id.Value:N}|{call.Row.Path}|{key:N}"), hash);
        hash[6] = (byte)((hash[6] & 0x0f) | 0x80); // UUID version 8: made by a rule of ours.
        hash[8] = (byte)((hash[8] & 0x3f) | 0x80);
        return new Guid(hash[..16], bigEndian: true).ToString();
    }
}
