using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;

namespace Sandbox.Phone;

/// <summary>Serves the phone's page at <c>/phone</c> and its scripts, styles and stickers under <c>/phone/</c>.</summary>
/// <remarks>
/// The files are copied beside the assembly into their own folder, so that a host that only references this project serves them too.
/// They carry an ETag and are revalidated on every use: a newer build is seen at once, an unchanged file costs a 304.
/// </remarks>
public static class PhonePages
{
    /// <summary>The folder beside the assembly that holds the phone's files.</summary>
    public const string FolderName = "sandbox-phone";

    // Pictures may come from anywhere that LINE would take them from, since modules send links to their own; nothing else leaves this origin.
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; manifest-src 'self'; " +
        "img-src 'self' data: blob: https: http://127.0.0.1:* http://localhost:*; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

    /// <summary>Adds the phone's files to the pipeline; requests for anything else pass on.</summary>
    /// <exception cref="DirectoryNotFoundException">The files were not copied to the output: the build is broken.</exception>
    public static void UsePhonePages(this WebApplication app)
    {
        var files = new PhysicalFileProvider(Path.Combine(AppContext.BaseDirectory, FolderName));
        app.Lifetime.ApplicationStopped.Register(files.Dispose);
        app.UseStaticFiles(new StaticFileOptions { FileProvider = files, RequestPath = "/phone", OnPrepareResponse = Protect });
        app.MapMethods("/phone", [HttpMethods.Get, HttpMethods.Head], async context =>
        {
            context.Response.ContentType = "text/html; charset=utf-8";
            Protect(context.Response);
            await context.Response.SendFileAsync(files.GetFileInfo("index.html"), context.RequestAborted);
        });
    }

    private static void Protect(StaticFileResponseContext file) => Protect(file.Context.Response);

    private static void Protect(HttpResponse response)
    {
        var headers = response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-cache";
    }
}
