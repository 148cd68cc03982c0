using Line;
using Microsoft.Extensions.Options;

namespace Modules.Kit;

/// <summary>Says at the start, all at once, what is missing or wrong.</summary>
internal sealed class ModuleOptionsValidator : IValidateOptions<ModuleOptions>
{
    public ValidateOptionsResult Validate(string? name, ModuleOptions options)
    {
        var failures = Failures(options).ToList();
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static IEnumerable<string> Failures(ModuleOptions options)
    {
        if (!ChannelId.TryParse(options.ChannelId, null, out _))
            yield return $"Module:ChannelId must be the channel id that the platform issued, 1 to 20 digits; it is '{options.ChannelId}'.";

        if (options.ChannelSecret.Length == 0)
            yield return "Module:ChannelSecret must be the channel secret that the platform issued; it is empty.";

        if (options.ApiBaseUrl is not { IsAbsoluteUri: true, Scheme: "http" or "https", PathAndQuery: "/" })
            yield return $"Module:ApiBaseUrl must be an http or https origin without a path, like http://127.0.0.1:5081; it is '{options.ApiBaseUrl}'.";

        if (options.DataFile.Length == 0)
            yield return "Module:DataFile must be the path of the module's SQLite file; it is empty.";
    }
}
