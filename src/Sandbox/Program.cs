using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using Sandbox;

try
{
    await using var app = SandboxApp.Build(args);
    await app.RunAsync();
    return 0;
}
catch (OptionsValidationException invalid)
{
    foreach (var failure in invalid.Failures)
        await Console.Error.WriteLineAsync(failure);
}
catch (IOException taken) when (taken.InnerException is AddressInUseException)
{
    await Console.Error.WriteLineAsync($"{taken.Message} Stop what uses it, or set another with --urls.");
}

return 1;
