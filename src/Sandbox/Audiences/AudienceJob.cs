namespace Sandbox.Audiences;

/// <summary>One upload of ids into an audience.</summary>
/// <param name="Members">Whom the ids name.</param>
/// <param name="Ids">How many ids were uploaded.</param>
/// <param name="Unknown">How many of them are nobody's: one is enough to fail the job, as at LINE.</param>
/// <param name="CompletedAt">Null: not done yet.</param>
/// <param name="Fails">How it ended.</param>
internal sealed record AudienceJob(long Id, string? Description, IReadOnlyList<string> Members, int Ids, int Unknown, DateTimeOffset CreatedAt, DateTimeOffset? CompletedAt = null, bool Fails = false)
{
    /// <summary>How long an upload takes here; at LINE up to hours.</summary>
    public static readonly TimeSpan Takes = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Waits = TimeSpan.FromSeconds(5);

    public object View(long audienceId, DateTimeOffset now) => new
    {
        audienceGroupJobId = Id, audienceGroupId = audienceId, description = Description, type = "DIFF_ADD",
        jobStatus = CompletedAt is null ? now < CreatedAt + Waits ? "QUEUED" : "WORKING" : Fails ? "FAILED" : "FINISHED",
        failedType = CompletedAt is not null && Fails ? "INTERNAL_ERROR" : null,
        audienceCount = CompletedAt is null || Fails ? 0 : Ids, created = CreatedAt.ToUnixTimeSeconds(),
    };
}
