namespace Portal.Leaving;

internal static class LeavingSetup
{
    public static void MapLeaving(this IEndpointRouteBuilder routes)
    {
        ExportOrganisation.Map(routes);
        CloseOrganisation.Map(routes);
    }
}
