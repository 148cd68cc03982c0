namespace Portal.Identity;

/// <summary>On a page or route under <c>/o/{slug}</c>: what the member must be allowed to do. Without it nobody gets in.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NeedsRightAttribute(Right right) : Attribute
{
    public Right Right { get; } = right;
}
