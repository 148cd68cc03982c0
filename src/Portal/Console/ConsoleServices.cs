namespace Portal.Console;

public static class ConsoleServices
{
    public static IServiceCollection AddConsole(this IServiceCollection services) => services.AddSingleton<UndoTicket>();

    public static void MapConsole(this IEndpointRouteBuilder routes)
    {
        TurnOn.Map(routes);
        AnswerFirst.Map(routes);
        PauseModule.Map(routes);
        AllowModule.Map(routes);
        DetachModule.Map(routes);
        UndoChange.Map(routes);
        Reconnect.Map(routes);
        ReplaceChannelSecret.Map(routes);
        DisconnectChannel.Map(routes);
        TryModule.Map(routes);
        GiveBackChats.Map(routes);
    }
}
