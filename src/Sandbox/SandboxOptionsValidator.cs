using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Sandbox.Http;

namespace Sandbox;

/// <summary>Refuses a wrong configuration at start, with one sentence per fault that names the key.</summary>
internal sealed class SandboxOptionsValidator : IValidateOptions<SandboxOptions>
{
    public ValidateOptionsResult Validate(string? name, SandboxOptions options)
    {
        var faults = new List<string>();
        Annotations(options, "Sandbox", faults);
        Annotations(options.Webhooks, "Sandbox:Webhooks", faults);
        if (options.Webhooks.Retries.Any(delay => delay <= TimeSpan.Zero))
            faults.Add($"Sandbox:Webhooks:RetryDelays must all be over zero; it is [{string.Join(", ", options.Webhooks.Retries)}].");

        if (options.Timeline is { } timeline)
            Annotations(timeline, "Sandbox:Timeline", faults);

        if (options.ModuleChannel is { } channel)
        {
            Annotations(channel, "Sandbox:ModuleChannel", faults);
            Address(channel.WebhookUrl, "Sandbox:ModuleChannel:WebhookUrl", faults);
            foreach (var url in channel.RedirectUrls ?? [])
                Address(url, "Sandbox:ModuleChannel:RedirectUrls", faults);
        }

        if (options.LoginChannel is { } login)
        {
            Annotations(login, "Sandbox:LoginChannel", faults);
            foreach (var url in login.RedirectUrls ?? [])
                Address(url, "Sandbox:LoginChannel:RedirectUrls", faults);
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static void Annotations(object options, string section, List<string> faults)
    {
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true);
        faults.AddRange(results.Select(result => $"{section}:{string.Join(", ", result.MemberNames)}: {result.ErrorMessage}"));
    }

    private static void Address(string? url, string key, List<string> faults)
    {
        if (url is not null && !PublicAddress.IsAllowed(url))
            faults.Add($"{key} must be an https address (http is taken on loopback only); it is '{url}'.");
    }
}
