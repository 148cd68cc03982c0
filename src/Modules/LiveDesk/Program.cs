using LiveDesk;
using Modules.Kit;

return await ModuleHost.RunAsync(() => LiveDeskApp.Build(args));
