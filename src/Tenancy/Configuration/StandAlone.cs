using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace Tenancy;

/// <summary>Runs one web app as a process of its own. A start that a person can mend ends in one sentence each on the error stream, never in a stack trace.</summary>
public static class StandAlone
{
    /// <summary>Runs the app until it is told to stop.</summary>
    /// <returns>0, or 1 when configuration, database or port do not let it start.</returns>
    public static async Task<int> RunAsync(Func<WebApplication> build)
    {
        ArgumentNullException.ThrowIfNull(build);
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
        }
        catch (DatabaseUnusableException unusable)
        {
            await Console.Error.WriteLineAsync(unusable.Message);
        }
        catch (IOException taken) when (taken.InnerException is AddressInUseException)
        {
            await Console.Error.WriteLineAsync($"{taken.Message} Stop what uses it, or set another with --urls.");
        }
        catch (InvalidOperationException unknown) when (unknown.Message.Contains("ErrorOnUnknownConfiguration", StringComparison.Ordinal))
        {
            // The binder's own message names the class and the key that it does not have.
            await Console.Error.WriteLineAsync($"The configuration has a key that nobody reads; correct its name or remove it. {unknown.Message}");
        }

        return 1;
    }
}
