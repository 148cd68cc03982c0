using System.Text.Json;
using System.Text.RegularExpressions;
using Line;
using Sandbox.Accounts;
using Sandbox.Api;
using Sandbox.Channels;
using Sandbox.Faults;
using Sandbox.Messaging;
using Sandbox.Store;
using Sandbox.Time;

namespace Sandbox.RichMenus;

/// <summary><c>/v2/bot/richmenu/batch</c>: changes the menus of all who have one, afterwards; and tells how far it is, for 14 days.</summary>
/// <remarks>All operations see who had what before the batch. One that fails, because that was ordered, has done nothing: resumed it begins anew; one that succeeded leaves nothing to resume.</remarks>
internal sealed partial class RichMenuBatches : IAccountData
{
    private const string Kind = "richMenuBatch";
    private const int OperationsMax = 1000;
    private static readonly TimeSpan Takes = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(14);
    private readonly RichMenuBook _book;
    private readonly ChannelDirectory _channels;
    private readonly FaultBook _faults;
    private readonly DocumentStore _store;
    private readonly DueWork _work;
    private readonly TimeProvider _clock;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, RichMenuBatch> _batches;

    public RichMenuBatches(RichMenuBook book, ChannelDirectory channels, FaultBook faults, DocumentStore store, DueWork work, TimeProvider clock)
    {
        (_book, _channels, _faults, _store, _work, _clock) = (book, channels, faults, store, work, clock);
        _batches = store.All<RichMenuBatch>(Kind).ToDictionary(batch => batch.RequestId, StringComparer.Ordinal);
        foreach (var batch in _batches.Values.Where(batch => batch.CompletedAt is null))
            work.At(batch.AcceptedAt + Takes, () => Do(batch.RequestId));
    }

    public LineAnswer Validate(ApiCall call) => Read(call, out _);

    public LineAnswer Accept(ApiCall call)
    {
        var answer = Read(call, out var batch);
        if (batch is null)
            return answer;

        lock (_lock)
        {
            foreach (var old in _batches.Values.Where(one => one.AcceptedAt + KeptFor <= batch.AcceptedAt).ToList())
                Remove(old);
            var isResumed = batch.ResumeKey is { } key && _batches.Values.Any(one => one.ResumeKey == key && !one.HasFailed && one.ChannelId == batch.ChannelId && one.BotId == batch.BotId);
            Save(isResumed ? batch with { Changes = new Dictionary<string, string?>(), UnlinksAll = false } : batch);
        }

        _work.At(batch.AcceptedAt + Takes, () => Do(batch.RequestId));
        return LineAnswer.Of(202, new { });
    }

    public LineAnswer Progress(ApiCall call)
    {
        _work.Catch();
        lock (_lock)
        {
            return call.Query("requestId") is not { } id || !_batches.TryGetValue(id, out var batch) || batch.ChannelId != call.Channel.Id || batch.BotId != call.Account.BotId
                || batch.AcceptedAt + KeptFor <= _clock.GetUtcNow()
                    ? LineErrors.NotFound
                    : LineAnswer.Ok(new
                    {
                        phase = batch.CompletedAt is null ? "ongoing" : batch.HasFailed ? "failed" : "succeeded",
                        acceptedTime = LineTime.Iso(batch.AcceptedAt),
                        completedTime = batch.CompletedAt is { } completed ? LineTime.Iso(completed) : null,
                    });
        }
    }

    public void Forget(BotId botId)
    {
        lock (_lock)
        {
            foreach (var batch in _batches.Values.Where(batch => batch.BotId == botId).ToList())
                Remove(batch);
        }
    }

    private void Do(string requestId)
    {
        RichMenuBatch? batch;
        lock (_lock)
        {
            if (!_batches.TryGetValue(requestId, out batch) || batch.CompletedAt is not null || !_channels.TryFind(batch.ChannelId, out var channel))
                return;

            if (_faults.Take(FaultKind.RichMenuBatchFails, batch.BotId) is not null)
            {
                Save(batch with { CompletedAt = _clock.GetUtcNow(), HasFailed = true });
                return;
            }

            var changes = batch.UnlinksAll ? _book.Of(channel, batch.BotId).ToDictionary(menu => menu.Id, string? (_) => null) : batch.Changes;
            _book.Relink(channel, batch.BotId, changes);
            Save(batch with { CompletedAt = _clock.GetUtcNow() });
        }
    }

    private LineAnswer Read(ApiCall call, out RichMenuBatch? batch)
    {
        batch = null;
        var body = call.BodyOrEmpty;
        var check = new BodyCheck();
        var resumeKey = check.Text(body, "", "resumeRequestKey", 100, isRequired: false);
        if (resumeKey is not null && !KeyShape().IsMatch(resumeKey))
            check.Add("resumeRequestKey", "invalid property");
        if (check.Array(body, "", "operations", 1, OperationsMax) is not { } operations)
            return check.Refusal!;

        var changes = new Dictionary<string, string?>(StringComparer.Ordinal);
        var unlinksAll = false;
        foreach (var (index, operation) in operations.EnumerateArray().Index())
        {
            var path = $"operations[{index}]";
            if (operation.ValueKind != JsonValueKind.Object)
            {
                check.WrongType(path);
                break;
            }

            switch (check.Text(operation, path, "type", 40))
            {
                case null:
                    break;

                case "link":
                    Change(call, check, changes, operation, path, Menu(call, check, operation, path, "to"));
                    break;

                case "unlink":
                    Change(call, check, changes, operation, path, to: null);
                    break;

                case "unlinkAll" when operations.GetArrayLength() == 1:
                    unlinksAll = true;
                    break;

                case "unlinkAll":
                    check.Add($"{path}.type", "unlinkAll must be the only operation");
                    break;

                default:
                    check.Add($"{path}.type", "Must be one of the following values: [link, unlink, unlinkAll]");
                    break;
            }
        }

        if (check.Refusal is { } refusal)
            return refusal;

        batch = new RichMenuBatch(call.RequestId, call.Channel.Id, call.Account.BotId, changes, unlinksAll, resumeKey, _clock.GetUtcNow());
        return LineAnswer.Empty;
    }

    private void Change(ApiCall call, BodyCheck check, Dictionary<string, string?> changes, JsonElement operation, string path, string? to)
    {
        if (Menu(call, check, operation, path, "from") is { } from && !changes.TryAdd(from, to))
            check.Add($"{path}.from", "The same rich menu is named twice");
    }

    private string? Menu(ApiCall call, BodyCheck check, JsonElement operation, string path, string name)
    {
        if (check.Text(operation, path, name, 100) is not { } id)
            return null;
        if (RichMenuLinks.IsMenuId(id) && _book.Find(call.Channel, call.Account.BotId, id) is { } menu && (name == "from" || menu.HasImage))
            return id;

        check.Add($"{path}.{name}", "invalid richMenuId");
        return null;
    }

    private void Save(RichMenuBatch batch)
    {
        _batches[batch.RequestId] = batch;
        _store.Put(Kind, batch.RequestId, batch);
    }

    private void Remove(RichMenuBatch batch)
    {
        _batches.Remove(batch.RequestId);
        _store.Delete(Kind, batch.RequestId);
    }

    [GeneratedRegex(@"\A[a-zA-Z0-9_-]{1,100}\z")]
    private static partial Regex KeyShape();
}
