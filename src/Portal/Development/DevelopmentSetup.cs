namespace Portal.Development;

public static class DevelopmentSetup
{
    public static IServiceCollection AddDevelopment(this IServiceCollection services) => services.AddSingleton<DevelopmentDoor>();

    public static void MapDevelopment(this IEndpointRouteBuilder routes)
    {
        OpenDevelopmentModule.Map(routes);
        SwitchExpiryNotices.Map(routes);
        RotateSecret.Map(routes);
        SignWithNewSecret.Map(routes);
    }
}
