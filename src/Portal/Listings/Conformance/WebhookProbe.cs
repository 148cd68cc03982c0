namespace Portal.Listings;

/// <summary>How a module's webhook answered two requests without events: one signed as ours are, one with a signature that is not ours.</summary>
/// <param name="Url">What was tried.</param>
/// <param name="Genuine">Status of the answer to the signed one; 0: there was none.</param>
/// <param name="Forged">Status of the answer to the other one.</param>
/// <param name="Detail">What went wrong, in the gateway's words; null where the statuses say it.</param>
public sealed record WebhookProbe(string Url, int Genuine, int Forged, string? Detail)
{
    /// <summary>It takes what is ours and nothing else.</summary>
    public bool IsGreen => Genuine == 200 && Forged != 200;
}
