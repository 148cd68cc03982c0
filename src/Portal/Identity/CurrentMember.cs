using Tenancy;

namespace Portal.Identity;

/// <summary>The organisation in the path and the role that this request's person has in it, read for this request.</summary>
/// <remarks>Scoped. Empty outside <c>/o/{slug}</c>; inside it a request gets this far only as a member.</remarks>
public sealed class CurrentMember
{
    private Membership? _membership;

    public bool IsPresent => _membership is not null;

    /// <exception cref="InvalidOperationException">Asked for outside <c>/o/{slug}</c>.</exception>
    public Organisation Organisation => _membership?.Organisation ?? throw new InvalidOperationException("No organisation stands in this path.");

    /// <exception cref="InvalidOperationException">Asked for outside <c>/o/{slug}</c>.</exception>
    public Role Role => _membership?.Role ?? throw new InvalidOperationException("No organisation stands in this path.");

    /// <summary>Whether this member may do it, by the one table <see cref="Rights"/>.</summary>
    public bool May(Right right) => _membership is { } member && Rights.Has(member.Role, right);

    internal void Is(Membership membership) => _membership = membership;
}
