namespace ModuleGateway.Facade;

/// <summary>Opens a door for each row of <see cref="FacadeTable"/>.</summary>
internal static class FacadeEndpoints
{
    public static void MapFacade(this WebApplication app)
    {
        var pipeline = app.Services.GetRequiredService<FacadePipeline>();
        var pass = app.Services.GetRequiredService<PassCall>();
        foreach (var row in FacadeTable.All)
            app.MapMethods(row.Path, [row.Method.Method], pipeline.For(row, row.Handler?.Invoke(app.Services) ?? pass.HandleAsync));
        foreach (var row in FacadeTable.OfModules)
            app.MapMethods(row.Path, [row.Method.Method], pipeline.ForModule(row.Handler(app.Services)));

        // With a pattern of its own: the usual one leaves out paths that end in what looks like a file's name.
        app.MapFallback("{*path}", http => FacadePipeline.WriteAsync(http, LineErrors.NotFound));
    }
}
