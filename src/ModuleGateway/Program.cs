using ModuleGateway;
using Tenancy;

return await StandAlone.RunAsync(() => GatewayApp.Build(args));
