using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Portal.Catalog.Demo;

/// <summary>Data annotations do not look into a dictionary; this does, and names the key.</summary>
internal sealed class DemoOptionsValidator : IValidateOptions<DemoOptions>
{
    private static readonly string[] Names = ["KeywordReply", "LiveDesk"];

    public ValidateOptionsResult Validate(string? name, DemoOptions options)
    {
        var failures = new List<string>();
        foreach (var (key, module) in options.Modules)
        {
            var path = $"{DemoOptions.Section}:Modules:{key}";
            if (!Names.Contains(key))
                failures.Add($"{path} names no demo module: {string.Join(" or ", Names)} is expected.");

            var results = new List<ValidationResult>();
            Validator.TryValidateObject(module, new ValidationContext(module), results, validateAllProperties: true);
            failures.AddRange(results.Select(result => $"{path}:{string.Join(',', result.MemberNames)}: {result.ErrorMessage}"));
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
