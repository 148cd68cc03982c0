namespace Portal.Identity;

/// <summary>On a page or route: only for signed-in people; others go to the sign-in page and come back.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class SignedInOnlyAttribute : Attribute;
