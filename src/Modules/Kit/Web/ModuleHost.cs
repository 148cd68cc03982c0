using Microsoft.Extensions.FileProviders;

namespace Modules.Kit;

/// <summary>How each module's web app is made: the same alone and inside another program.</summary>
internal static class ModuleHost
{
    /// <summary>A builder that listens on loopback unless told otherwise.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="port">The port it takes when none is configured.</param>
    public static WebApplicationBuilder CreateBuilder(string[] args, int port)
    {
        var builder = WebApplication.CreateBuilder(args);
        if (string.IsNullOrEmpty(builder.Configuration[WebHostDefaults.ServerUrlsKey]))
            builder.WebHost.UseUrls($"http://127.0.0.1:{port}");

        return builder;
    }

    /// <summary>Serves the pages' files, which the build copies beside the assembly; no sniffing, no framing, no foreign scripts.</summary>
    public static void UsePages(this WebApplication app, string folder)
    {
        app.Use((context, next) =>
        {
            var headers = context.Response.Headers;
            headers.XContentTypeOptions = "nosniff";
            headers.ContentSecurityPolicy = "default-src 'self'; img-src 'self' https: http: data:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";
            headers["Referrer-Policy"] = "same-origin";
            return next(context);
        });
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = Files(folder),
            OnPrepareResponse = static context => context.Context.Response.Headers.CacheControl = "no-cache", // Revalidated by ETag: an update shows at once.
        });
    }

    /// <summary>A page by its file's name.</summary>
    public static void MapPage(this IEndpointRouteBuilder routes, string path, string folder, string file) =>
        routes.MapGet(path, () => TypedResults.PhysicalFile(Path.Combine(Root(folder), file), "text/html; charset=utf-8"));

    private static PhysicalFileProvider Files(string folder) => new(Root(folder));

    private static string Root(string folder) => Path.Combine(AppContext.BaseDirectory, folder);
}
