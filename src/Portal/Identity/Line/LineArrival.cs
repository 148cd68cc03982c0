using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;

namespace Portal.Identity;

/// <summary>Somebody who has just proved to LINE who they are there.</summary>
/// <param name="Subject">LINE's id of them.</param>
public sealed record LineArrival(string Subject, string? Name, string? Email)
{
    /// <summary>Null: nobody came from LINE in the last ten minutes, or LINE is not configured.</summary>
    public static async Task<LineArrival?> ReadAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var schemes = context.RequestServices.GetRequiredService<IAuthenticationSchemeProvider>();
        if (await schemes.GetSchemeAsync(LineHandler.ArrivalScheme) is null)
            return null;

        var arrived = await context.AuthenticateAsync(LineHandler.ArrivalScheme);
        return arrived.Principal?.FindFirstValue(ClaimTypes.NameIdentifier) is { } subject
            ? new LineArrival(subject, arrived.Principal.FindFirstValue(ClaimTypes.Name), arrived.Principal.FindFirstValue(ClaimTypes.Email))
            : null;
    }

    public static Task ForgetAsync(HttpContext context) => context.SignOutAsync(LineHandler.ArrivalScheme);
}
