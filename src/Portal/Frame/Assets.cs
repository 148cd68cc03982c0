using System.Collections.Frozen;
using System.Security.Cryptography;
using Microsoft.Extensions.FileProviders;

namespace Portal.Frame;

/// <summary>The static files beside the assembly, each with a fingerprint, so that browsers may keep them for a year.</summary>
public sealed class Assets
{
    /// <summary>Beside the running assembly; named after the room because several rooms may share one output folder.</summary>
    public const string Folder = "portal-wwwroot";

    private const int FingerprintChars = 10;
    private readonly FrozenDictionary<string, string> _fingerprints;

    private Assets(string root, FrozenDictionary<string, string> fingerprints)
    {
        Root = root;
        _fingerprints = fingerprints;
    }

    /// <summary>Absolute path of the folder.</summary>
    public string Root { get; }

    /// <exception cref="DirectoryNotFoundException">The build did not copy the files.</exception>
    public static Assets Load(string root) => new(root, Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).ToFrozenDictionary(
        file => Path.GetRelativePath(root, file).Replace('\\', '/'),
        file => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)))[..FingerprintChars]));

    /// <summary>The address of a file, with its fingerprint.</summary>
    /// <exception cref="KeyNotFoundException">There is no such file.</exception>
    public string Url(string path) => $"/{path}?v={_fingerprints[path]}";

    internal bool IsCurrent(string path, string? fingerprint) => _fingerprints.TryGetValue(path.TrimStart('/'), out var current) && current == fingerprint;
}

internal static class AssetsSetup
{
    public static void UseAssets(this WebApplication app)
    {
        var assets = app.Services.GetRequiredService<Assets>();
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = new PhysicalFileProvider(assets.Root),
            OnPrepareResponse = context =>
            {
                var request = context.Context.Request;
                context.Context.Response.Headers.CacheControl = assets.IsCurrent(request.Path.Value!, request.Query["v"]) ? "public, max-age=31536000, immutable" : "no-cache";
            },
        });
    }
}
