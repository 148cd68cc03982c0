namespace Sandbox.Api;

/// <summary>Maps LINE's calls.</summary>
internal static class ApiRoutes
{
    /// <summary>Maps one call of the table to a handler with state.</summary>
    public static void MapCall<THandler>(this IEndpointRouteBuilder routes, string method, string path, Func<THandler, ApiCall, LineAnswer> handle)
        where THandler : notnull =>
        routes.MapCall(method, path, call => handle(call.Service<THandler>(), call));

    /// <summary>Maps one call of the table to a handler without state.</summary>
    public static void MapCall(this IEndpointRouteBuilder routes, string method, string path, Func<ApiCall, LineAnswer> handle)
    {
        var row = ApiTable.Find(method, path);
        routes.MapMethods(path, [method], http => http.RequestServices.GetRequiredService<ApiPipeline>().RunAsync(http, row, handle));
    }

    /// <summary>Maps one call of the table to a handler that waits for somebody.</summary>
    public static void MapSlowCall<THandler>(this IEndpointRouteBuilder routes, string method, string path, Func<THandler, ApiCall, Task<LineAnswer>> handle)
        where THandler : notnull
    {
        var row = ApiTable.Find(method, path);
        RequestDelegate run = http => http.RequestServices.GetRequiredService<ApiPipeline>().RunSlowAsync(http, row, AnswerAsync);
        routes.MapMethods(path, [method], run);

        Task<LineAnswer> AnswerAsync(ApiCall call) => handle(call.Service<THandler>(), call);
    }

    /// <summary>Every other path of LINE's hosts: 404 in LINE's shape.</summary>
    public static void MapUnknownCalls(this IEndpointRouteBuilder routes)
    {
        foreach (var prefix in (string[])["/v2", "/oauth2", "/bot", "/module"])
            routes.Map($"{prefix}/{{**rest}}", http => LineErrors.NotFound.WriteAsync(http));
    }
}
