using ModuleGateway.Routing;

namespace ModuleGateway.Facade;

/// <summary>Answers a call that a module makes for itself.</summary>
internal delegate Task<FacadeAnswer> ModuleCallHandler(HttpContext http, ModuleConfig module, CancellationToken cancellationToken);

/// <summary>A call that names no bot by header: the gateway answers it, LINE is not asked.</summary>
internal sealed record ModuleCallRow(HttpMethod Method, string Path, Func<IServiceProvider, ModuleCallHandler> Handler);
