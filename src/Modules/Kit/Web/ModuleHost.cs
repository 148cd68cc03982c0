using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Options;

namespace Modules.Kit;

/// <summary>How each module's web app is made: the same alone and inside another program.</summary>
internal static partial class ModuleHost
{
    /// <summary>In the all-in-one host the gateway's files lie in the same folder: a watcher of it would wake with each of their writes.</summary>
    private const string WithoutReload = "--hostBuilder:reloadConfigOnChange=false";

    /// <summary>A builder that listens on loopback unless told otherwise.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="port">The port it takes when none is configured.</param>
    public static WebApplicationBuilder CreateBuilder(string[] args, int port)
    {
        var builder = WebApplication.CreateBuilder([WithoutReload, .. args]);
        if (string.IsNullOrEmpty(builder.Configuration[WebHostDefaults.ServerUrlsKey]))
            builder.WebHost.UseUrls($"http://127.0.0.1:{port}");

        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning); // A line for each request would hide the module's own.
        return builder;
    }

    /// <summary>Runs the app until it is told to stop; a start that cannot be is one sentence each on the error stream, and 1.</summary>
    public static async Task<int> RunAsync(Func<WebApplication> build)
    {
        try
        {
            await using var app = build();
            await app.RunAsync();
            return 0;
        }
        catch (OptionsValidationException invalid)
        {
            foreach (var failure in invalid.Failures)
                await Console.Error.WriteLineAsync(failure);

            return 1;
        }
        catch (IOException taken) when (taken.InnerException is AddressInUseException)
        {
            await Console.Error.WriteLineAsync($"{taken.Message} Stop what uses it, or set another with --urls.");
            return 1;
        }
    }

    /// <summary>Says where the module's page is, once it is there.</summary>
    public static void SayWhere(this WebApplication app, string module, string page) => app.Lifetime.ApplicationStarted.Register(() =>
    {
        var origin = app.Services.GetRequiredService<IOptions<ModuleOptions>>().Value.PublicUrl?.ToString() ?? app.Urls.First();
        Log.Started(app.Logger, module, origin.TrimEnd('/') + page);
    });

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

    private static partial class Log
    {
        [LoggerMessage(21, LogLevel.Information, "{Module} is ready: {Page}")]
        public static partial void Started(ILogger logger, string module, string page);
    }
}
