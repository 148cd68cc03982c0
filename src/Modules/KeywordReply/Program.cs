using KeywordReply;
using Modules.Kit;

return await ModuleHost.RunAsync(() => KeywordReplyApp.Build(args));
