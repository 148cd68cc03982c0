using LiveDesk;

await using var app = LiveDeskApp.Build(args);
await app.RunAsync();
