namespace Portal.Purchasing;

public static class PurchasingServices
{
    public static IServiceCollection AddPurchasing(this IServiceCollection services)
    {
        services.AddScoped<OfferReader>();
        services.AddScoped<ModuleShelf>();
        services.AddScoped<BuyerAccounts>();
        services.AddScoped<PriorUse>();
        services.AddScoped<OpenOrders>();
        services.AddScoped<OrderConfirmation>();
        services.AddSingleton<OrderLink>();
        return services;
    }

    public static void MapPurchasing(this IEndpointRouteBuilder routes)
    {
        GoToModule.Map(routes);
        ConnectChannel.Map(routes);
    }
}
