namespace Portal.Listings;

/// <summary>The colour of a state; its word stands beside it.</summary>
internal static class StandingLook
{
    public static string ClassOf(ListingStanding standing) => standing switch
    {
        ListingStanding.Live => "state-good",
        ListingStanding.Suspended => "state-bad",
        ListingStanding.Hidden or ListingStanding.Retiring => "state-warn",
        _ => "state-off",
    };
}
