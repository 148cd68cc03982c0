using KeywordReply;

await using var app = KeywordReplyApp.Build(args);
await app.RunAsync();
