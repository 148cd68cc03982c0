using Marketplace.Hosting;

namespace Marketplace.Development;

/// <summary>Begins an attach request at the gateway, for whoever may ask on this machine.</summary>
internal sealed class AttachDoor(HttpClient gateway, Addresses addresses)
{
    /// <summary>All that LINE grants to modules: a developer wants to try every call.</summary>
    private static readonly string[] Scopes =
        ["message:send", "message:receive", "profile:read", "account:manage", "message:mark_as_read", "message:templated_pnp", "coupon:manage"];

    /// <summary>Answers <c>{"authorizeUrl"}</c>: LINE's consent, which comes back to <see cref="DevelopmentDoors.MarketplacePath"/>; or the gateway's own refusal.</summary>
    public async Task BeginAsync(HttpContext http)
    {
        // Pages of other sites can post plain forms here, but no JSON without asking first.
        if (!http.Request.HasJsonContentType())
        {
            http.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return;
        }

        var request = new { id = Guid.NewGuid(), scopes = Scopes, returnUrl = new Uri(addresses.Portal, DevelopmentDoors.MarketplacePath) };
        using var answer = await gateway.PostAsJsonAsync("/management/attach-requests", request, http.RequestAborted);
        http.Response.StatusCode = (int)answer.StatusCode;
        http.Response.ContentType = "application/json";
        await answer.Content.CopyToAsync(http.Response.Body, http.RequestAborted);
    }
}
