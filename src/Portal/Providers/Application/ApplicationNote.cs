using Tenancy;

namespace Portal.Providers;

/// <summary>One turn of the talk about one part of an application.</summary>
public sealed class ApplicationNote : ITenantOwned
{
    internal const int TextMax = 2000;

    public required Guid Id { get; init; }

    public required TenantId TenantId { get; init; }

    public required ApplicationId ApplicationId { get; init; }

    public required ApplicationPart Part { get; init; }

    /// <summary>True: a reviewer asks; false: the company answers. The company never learns which reviewer.</summary>
    public required bool IsFromReviewer { get; init; }

    public required PersonId AuthorId { get; init; }

    public required string Text { get; init; }

    public required DateTimeOffset At { get; init; }
}
