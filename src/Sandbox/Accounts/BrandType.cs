namespace Sandbox.Accounts;

/// <summary>What LINE has checked about an Official Account. Source: attach, parameter <c>brand_type</c>.</summary>
internal enum BrandType
{
    Unverified,
    Verified,
    Premium,
}
