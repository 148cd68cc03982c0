namespace Sandbox.Http;

/// <summary>Addresses that LINE would call or show: https. On a laptop http on loopback stands in for it.</summary>
internal static class PublicAddress
{
    public static bool IsAllowed(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
        && address.UserInfo.Length == 0;
}
