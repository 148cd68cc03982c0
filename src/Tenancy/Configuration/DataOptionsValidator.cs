using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Tenancy;

/// <summary>Refuses a data folder that cannot be written, before anything is half-made in it.</summary>
internal sealed class DataOptionsValidator(IConfiguration configuration) : IValidateOptions<DataOptions>
{
    public ValidateOptionsResult Validate(string? name, DataOptions options)
    {
        if (UnknownKeys.In(configuration.GetSection(DataOptions.Section), nameof(DataOptions.Folder)) is { } unknown)
            return ValidateOptionsResult.Fail(unknown);

        if (string.IsNullOrWhiteSpace(options.Folder))
            return ValidateOptionsResult.Fail("Data:Folder is empty: a folder that can be written is expected.");

        try
        {
            Directory.CreateDirectory(options.FullFolder);
            using var probe = new FileStream(
                Path.Combine(options.FullFolder, Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            return ValidateOptionsResult.Success;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return ValidateOptionsResult.Fail($"Data:Folder must be a folder that can be written; {options.FullFolder} is not: {refused.Message}");
        }
    }
}
