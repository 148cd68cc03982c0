using Sandbox.Primary;

namespace Sandbox.Console;

/// <summary>The sandbox's own console, <c>/sandbox/api</c>: what LINE lets people do in its web pages, and what only a stand-in can do.</summary>
internal static class ConsoleRoutes
{
    public static void MapConsole(this IEndpointRouteBuilder routes)
    {
        var console = routes.MapGroup("/sandbox/api");
        AccountsConsole.Map(console);
        ChannelsConsole.Map(console);
        PeopleConsole.Map(console);
        TroubleConsole.Map(console);
        BuiltInBot.Map(routes);
    }
}
