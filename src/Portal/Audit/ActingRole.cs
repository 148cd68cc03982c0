namespace Portal.Audit;

/// <summary>As what somebody acted. The first five are a member's role in the organisation of the path.</summary>
public enum ActingRole
{
    Owner,
    Admin,
    Billing,
    Developer,
    Viewer,

    /// <summary>Whoever runs the marketplace, in the operator's rooms.</summary>
    Operator,

    /// <summary>Signed in, in no organisation's rooms.</summary>
    Person,

    /// <summary>Not signed in.</summary>
    Nobody,

    /// <summary>Work without a request.</summary>
    Marketplace,
}
