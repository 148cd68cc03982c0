using System.Diagnostics;
using Line;
using Microsoft.Extensions.Options;
using ModuleGateway.Control;
using ModuleGateway.Routing;
using ModuleGateway.Store;
using ModuleGateway.Tokens;
using ModuleGateway.Upstream;

namespace ModuleGateway.Facade;

/// <summary>What every call of LINE's API goes through before its own handler: token, bot, linkage, scope, size; and how answers leave.</summary>
internal sealed class FacadePipeline(ModuleTokens tokens, GatewayState state, IGatewayStore store, IOptions<UpstreamOptions> upstream)
{
    /// <summary>Called with each call of a module in an account of its own, whether or not it reached its handler, and how it was answered.</summary>
    public Action<FacadeCall, FacadeAnswer, TimeSpan>? Called { get; set; }

    /// <summary>Called with each call of nobody that is known in the account, and with each that broke off; the status of its answer.</summary>
    public Action<CallRow, int>? Refused { get; set; }

    /// <param name="row">The call. What it needs is only a cheap refusal here: what counts is decided in the handler's own transaction.</param>
    public RequestDelegate For(CallRow row, CallHandler handler) => async http =>
    {
        var started = Stopwatch.GetTimestamp();
        FacadeAnswer? answer;
        try
        {
            (answer, var caller, var body) = await FindCallerAsync(http, row);
            if (caller is not null)
            {
                var call = new FacadeCall(http, caller, row, body);
                answer ??= await handler(call, http.RequestAborted);
                Called?.Invoke(call, answer, Stopwatch.GetElapsedTime(started));
            }
            else
            {
                Refused?.Invoke(row, answer!.Status);
            }
        }
        catch (StoreUnavailableException)
        {
            answer = LineErrors.Unavailable;
            Refused?.Invoke(row, answer.Status);
        }
        catch (BadHttpRequestException broken)
        {
            answer = LineErrors.Unreadable(broken.StatusCode);
            Refused?.Invoke(row, answer.Status);
        }

        await WriteAsync(http, answer!);
    };

    /// <summary>For calls that name no bot by header: the caller is the module itself.</summary>
    public RequestDelegate ForModule(ModuleCallHandler handler) => async http =>
    {
        try
        {
            var module = await ModuleOfAsync(http);
            await WriteAsync(http, module is null ? LineErrors.BadToken : await handler(http, module, http.RequestAborted));
        }
        catch (StoreUnavailableException)
        {
            await WriteAsync(http, LineErrors.Unavailable);
        }
        catch (BadHttpRequestException broken)
        {
            await WriteAsync(http, LineErrors.Unreadable(broken.StatusCode));
        }
    };

    public static async Task WriteAsync(HttpContext http, FacadeAnswer answer)
    {
        http.Response.StatusCode = answer.Status;
        http.Response.Headers["x-line-request-id"] = answer.RequestId ?? Guid.NewGuid().ToString();
        if (answer.AcceptedRequestId is { } accepted)
            http.Response.Headers["x-line-accepted-request-id"] = accepted;
        http.Response.ContentType = answer.ContentType;
        if (answer.Passing is { } passing)
        {
            await PassAsync(http, passing);
            return;
        }

        http.Response.ContentLength = answer.Body.Length;
        await http.Response.Body.WriteAsync(answer.Body, http.RequestAborted);
    }

    /// <summary>Where LINE stops in the middle, so does the connection: the module sees that it has not got all.</summary>
    private static async Task PassAsync(HttpContext http, LineStream passing)
    {
        using var source = passing;
        http.Response.ContentLength = source.Length;
        try
        {
            await source.CopyToAsync(http.Response.Body, http.RequestAborted);
        }
        catch (Exception error) when (error is IOException or HttpRequestException or OperationCanceledException)
        {
            http.Abort();
        }
    }

    /// <returns>The caller is known from where its account is, also of a call that is refused.</returns>
    private async Task<(FacadeAnswer? Refusal, LinkedModule? Caller, ReadOnlyMemory<byte> Body)> FindCallerAsync(HttpContext http, CallRow row)
    {
        if (await ModuleOfAsync(http) is not { } module)
            return (LineErrors.BadToken, null, default);

        if (!BotId.TryParse(http.Request.Headers[upstream.Value.BotHeader].ToString(), null, out var bot))
            return (LineErrors.NoBot(upstream.Value.BotHeader), null, default);

        // An unknown bot and somebody else's: nobody learns which.
        if (state.Snapshot.Linkage(module.Id, bot) is not { } caller)
            return (LineErrors.NotLinked, null, default);

        // What the snapshot refuses is asked again of the store, which may be younger; what it admits is decided there anyway.
        if (!caller.MayCall(row.Rule.Scope) && await store.ReadAsync(tx => Admission.Refusal(tx, bot, caller.Row.Id, row.Rule), http.RequestAborted) is { } refused)
            return (LineErrors.NotAdmitted(refused), caller, default);
        if (row is { Sends: true, TakesRetryKey: false } && http.Request.Headers.ContainsKey("X-Line-Retry-Key"))
            return (LineErrors.RetryKeyNotTaken, caller, default);
        if (row.TakesRetryKey && http.Request.Headers["X-Line-Retry-Key"].ToString() is { Length: > 0 } key && !Guid.TryParseExact(key, "D", out _))
            return (LineErrors.InvalidRetryKey, caller, default);
        if (row.Body == BodyKind.None)
            return (null, caller, default);
        if (row.Body == BodyKind.Stream)
            return (http.Request.ContentLength > row.BodyBytesMax ? LineErrors.TooLarge : null, caller, default);

        if (await RequestBody.ReadAsync(http.Request, (int)row.BodyBytesMax, http.RequestAborted) is not { } body)
            return (LineErrors.TooLarge, caller, default);

        return body.IsEmpty || http.Request.HasJsonContentType() ? (null, caller, body) : (LineErrors.ContentType(http.Request.ContentType), caller, default);
    }

    private async Task<ModuleConfig?> ModuleOfAsync(HttpContext http)
    {
        const string scheme = "Bearer ";
        var header = http.Request.Headers.Authorization.ToString();
        if (!header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
            return null;

        return await tokens.ModuleOfAsync(header[scheme.Length..].Trim(), http.RequestAborted) is { } id ? state.Snapshot.Modules.GetValueOrDefault(id) : null;
    }
}
