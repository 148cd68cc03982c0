using Marketplace.Commands;

return await new CommandRunner(Console.Out, Console.Error, TimeProvider.System).RunAsync(args);
