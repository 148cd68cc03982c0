using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace ModuleGateway;

/// <summary>Holds a section of the configuration against what its options class says of itself: attributes, and <see cref="IValidatableObject"/> for rules across properties.</summary>
/// <remarks>In place of <c>ValidateDataAnnotations</c>, whose sentences name our classes and not the keys that people write.</remarks>
internal sealed class SectionValidator<TOptions>(string section) : IValidateOptions<TOptions> where TOptions : class
{
    public ValidateOptionsResult Validate(string? name, TOptions options)
    {
        var faults = new List<ValidationResult>();
        return Validator.TryValidateObject(options, new ValidationContext(options), faults, validateAllProperties: true)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(faults.Select(fault => $"{section}:{string.Join(", ", fault.MemberNames)}: {fault.ErrorMessage}"));
    }
}
