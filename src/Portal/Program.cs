using Portal;

await using var app = PortalApp.Build(args);
await app.RunAsync();
