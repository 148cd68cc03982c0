using Portal;
using Tenancy;

return await StandAlone.RunAsync(() => PortalApp.Build(args));
