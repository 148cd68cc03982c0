namespace Portal.Identity;

/// <summary>How people prove who they are. Configuration section "Identity".</summary>
public sealed class IdentityOptions
{
    /// <summary>Sign in by one click, as anybody, without proof: for development and demonstration only. Default false.</summary>
    public bool DevelopmentSignIn { get; init; }
}
