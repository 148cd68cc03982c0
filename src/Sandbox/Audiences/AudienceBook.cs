using Line;
using Sandbox.Accounts;
using Sandbox.Channels;
using Sandbox.Faults;
using Sandbox.Statistics;
using Sandbox.Store;
using Sandbox.Time;

namespace Sandbox.Audiences;

/// <summary>All audiences. Uploads and retargeting are done afterwards; an audience that was ready stays so while more is added.</summary>
/// <remarks>Thread-safe: one lock; records are immutable.</remarks>
internal sealed class AudienceBook : IAccountData
{
    /// <summary>Audiences that one channel may have; a module channel on each account.</summary>
    public const int PerChannelMax = 1000;

    /// <summary>People whom an audience by click or impression needs.</summary>
    public const int RetargetedMin = 50;

    private const string Kind = "audience";
    private const int JobsKept = 50;
    private readonly DocumentStore _store;
    private readonly SendLog _sent;
    private readonly FaultBook _faults;
    private readonly DueWork _work;
    private readonly TimeProvider _clock;
    private readonly Lock _lock = new();
    private readonly Dictionary<long, Audience> _audiences;
    private long _lastId;

    public AudienceBook(DocumentStore store, SendLog sent, FaultBook faults, DueWork work, TimeProvider clock)
    {
        (_store, _sent, _faults, _work, _clock) = (store, sent, faults, work, clock);
        _audiences = store.All<Audience>(Kind).ToDictionary(audience => audience.Id);
        foreach (var audience in _audiences.Values)
        {
            foreach (var job in audience.Jobs.Where(job => job.CompletedAt is null))
                Schedule(audience.Id, job);
            if (audience is { Type: not AudienceType.Upload, IsReady: false, FailedType: null })
                work.At(audience.CreatedAt + AudienceJob.Takes, () => Gather(audience.Id));
        }
    }

    /// <summary>An audience of this account, whichever channel made it; null: there is none, or it is long expired.</summary>
    public Audience? Find(BotId botId, long id)
    {
        _work.Catch();
        lock (_lock)
            return _audiences.GetValueOrDefault(id) is { } audience && audience.BotId == botId && !Forgotten(audience) ? audience : null;
    }

    /// <summary>All audiences of an account, newest first.</summary>
    public IReadOnlyList<Audience> Of(BotId botId)
    {
        _work.Catch();
        lock (_lock)
            return [.. _audiences.Values.ToList().Where(audience => audience.BotId == botId && !Forgotten(audience)).OrderByDescending(audience => audience.Id)];
    }

    public int CountOf(Channel channel, BotId botId) => Of(botId).Count(audience => audience.ChannelId == channel.Id);

    /// <summary>A number for an audience or a job: 13 digits, never given twice.</summary>
    public long NewId()
    {
        lock (_lock)
            return _lastId = Math.Max(_lastId + 1, _clock.GetUtcNow().ToUnixTimeMilliseconds());
    }

    /// <summary>Keeps a new audience; one by click or impression is gathered afterwards.</summary>
    public void Add(Audience audience)
    {
        Save(audience);
        if (audience.Type != AudienceType.Upload)
            _work.At(audience.CreatedAt + AudienceJob.Takes, () => Gather(audience.Id));
    }

    /// <summary>Accepts an upload; its result shows when the job is done.</summary>
    public void Upload(Audience audience, AudienceJob job)
    {
        Change(audience.Id, current => current with { Jobs = [job, .. current.Jobs.Take(JobsKept - 1)] });
        Schedule(audience.Id, job);
    }

    public void Rename(Audience audience, string description) => Change(audience.Id, current => current with { Description = description });

    public void Remove(Audience audience)
    {
        lock (_lock)
        {
            _audiences.Remove(audience.Id);
            _store.Delete(Kind, Key(audience.Id));
        }
    }

    public void Forget(BotId botId)
    {
        lock (_lock)
        {
            foreach (var audience in _audiences.Values.Where(audience => audience.BotId == botId).ToList())
                Remove(audience);
        }
    }

    private void Schedule(long id, AudienceJob job) => _work.At(job.CreatedAt + AudienceJob.Takes, () => Finish(id, job.Id));

    private void Finish(long id, long jobId) => Change(id, audience =>
    {
        var job = audience.Jobs.FirstOrDefault(one => one.Id == jobId);
        if (job is null)
            return audience;

        var fails = job.Unknown > 0 || _faults.Take(FaultKind.AudienceFails, audience.BotId) is not null;
        IReadOnlyList<AudienceJob> jobs = [.. audience.Jobs.Select(one => one.Id == jobId ? one with { CompletedAt = _clock.GetUtcNow(), Fails = fails } : one)];
        return fails
            ? audience with { Jobs = jobs, FailedType = audience.IsReady ? null : "INTERNAL_ERROR" }
            : audience with { Jobs = jobs, Members = [.. audience.Members.Union(job.Members)], Count = audience.Count + job.Ids, IsReady = true, FailedType = null };
    });

    private void Gather(long id) => Change(id, audience =>
    {
        var request = _sent.Find(audience.RequestId!);
        IReadOnlyList<string> people = request is null ? []
            : audience.Type == AudienceType.Imp ? [.. request.SeenBy.Select(chat => chat.Peer)]
            : [.. request.Clicks.Where(click => audience.ClickUrl is null || click.Url == audience.ClickUrl).Select(click => click.Chat.Peer).Distinct()];
        return people.Count < RetargetedMin
            ? audience with { FailedType = "AUDIENCE_GROUP_AUDIENCE_INSUFFICIENT" }
            : audience with { Members = people, Count = people.Count, IsReady = true };
    });

    private void Change(long id, Func<Audience, Audience> change)
    {
        lock (_lock)
        {
            if (_audiences.TryGetValue(id, out var audience))
                Save(change(audience));
        }
    }

    private bool Forgotten(Audience audience)
    {
        if (!audience.IsGone(_clock.GetUtcNow()))
            return false;

        Remove(audience);
        return true;
    }

    private void Save(Audience audience)
    {
        lock (_lock)
        {
            _audiences[audience.Id] = audience;
            _store.Put(Kind, Key(audience.Id), audience);
        }
    }

    private static string Key(long id) => id.ToString("D16", System.Globalization.CultureInfo.InvariantCulture);
}
