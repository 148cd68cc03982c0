using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Line;
using Microsoft.Extensions.Options;
using ModuleGateway.Routing;
using ModuleGateway.Store;
using ModuleGateway.Upstream;

namespace ModuleGateway.Facade;

/// <summary>LINE's rate limits as all modules of a bot share them: a call that LINE would refuse is refused here first, and nobody uses up another's share.</summary>
/// <remarks>
/// One bucket for each bot and call, with the limit of the call's row; full ones are forgotten. In memory: a process that starts believes every bucket full,
/// and of several gateways each models its part of LINE's limit (<see cref="RateLimitOptions.Gateways"/>), whatever the others leave unused. What the
/// gateway asks for itself (an unknown id, a release at LINE) is not counted: where the model is wrong, LINE's own 429 says so, and the bucket rests.
/// Source: messaging API reference, "Rate limits": a token bucket for each channel, bot and endpoint.
/// </remarks>
internal sealed class LineBuckets(GatewayState state, IOptions<RateLimitOptions> options, StoreClock clock) : ICallStep
{
    /// <summary>Beyond this many buckets the full ones are let go.</summary>
    private const int SweepAt = 8192;

    private readonly ConcurrentDictionary<(BotId Bot, CallRow Row), SharedBucket> _buckets = new(new ByRow());
    private readonly int _gateways = options.Value.Gateways;
    private readonly RateLimit _usual = RateLimit.PerSecond(options.Value.UsualCallsPerSecond);
    private int _sweepAt = SweepAt;
    private Sharing _sharing = new(GatewaySnapshot.Empty, []);

    /// <summary>Buckets that are held.</summary>
    public int Count => _buckets.Count;

    public ValueTask<FacadeAnswer?> BeforeAsync(FacadeCall call, LineRequest request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var sharers = SharersOf(call.Bot);
        var isTaken = With(call, now, bucket => bucket.TryTake(call.Caller.Row.Id, sharers, now));
        return ValueTask.FromResult(isTaken ? null : LineErrors.RateLimited);
    }

    public ValueTask<UpstreamAnswer> AfterAsync(FacadeCall call, LineRequest request, UpstreamAnswer answer, CancellationToken cancellationToken)
    {
        if (answer is { Status: 429, WasNotSent: false } && IsOfRate(answer.Body))
        {
            var now = clock.GetUtcNow();
            With(call, now, bucket =>
            {
                bucket.Pause(now);
                return true;
            });
        }

        return ValueTask.FromResult(answer);
    }

    /// <summary>429 also stands for a month's quota, for one user's too many messages, for too many jobs on one audience: those say nothing of the bucket.</summary>
    private static bool IsOfRate(byte[] body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            return JsonElement.TryParseValue(ref reader, out var json) && json is { ValueKind: JsonValueKind.Object } answer
                && answer.TryGetProperty("message", out var message) && message.ValueKind == JsonValueKind.String
                && message.GetString()!.StartsWith("The API rate limit has been exceeded", StringComparison.Ordinal);
        }
        catch (JsonException) // Not LINE's words.
        {
            return false;
        }
    }

    private bool With(FacadeCall call, DateTimeOffset now, Func<SharedBucket, bool> work)
    {
        if (_buckets.Count >= Volatile.Read(ref _sweepAt))
            Sweep(now);

        while (true)
        {
            var rate = call.Row.Rate == RateLimit.Usual ? _usual : call.Row.Rate;
            var bucket = _buckets.GetOrAdd((call.Bot, call.Row), _ => new SharedBucket(Math.Max(1, rate.Calls / (double)_gateways), rate.Per, now));
            lock (bucket)
            {
                if (!bucket.IsGone) // Swept away between the two lines: take a fresh one.
                    return work(bucket);
            }
        }
    }

    private void Sweep(DateTimeOffset now)
    {
        foreach (var (key, bucket) in _buckets)
        {
            lock (bucket)
            {
                bucket.IsGone = bucket.IsFull(now);
                if (bucket.IsGone)
                    _buckets.TryRemove(key, out _);
            }
        }

        // Where most are still in use, the next look waits until there are twice as many: no look at all of them with each call.
        Volatile.Write(ref _sweepAt, Math.Max(SweepAt, _buckets.Count * 2));
    }

    /// <summary>How many linkages of a bot may call. Counted once for each snapshot.</summary>
    private int SharersOf(BotId bot)
    {
        var snapshot = state.Snapshot;
        var sharing = Volatile.Read(ref _sharing);
        if (!ReferenceEquals(sharing.Snapshot, snapshot))
        {
            var counts = snapshot.Linkages.Values.Where(linked => linked.Row.Listens).CountBy(linked => linked.Row.Bot).ToDictionary();
            Volatile.Write(ref _sharing, sharing = new Sharing(snapshot, counts));
        }

        return Math.Max(1, sharing.Counts.GetValueOrDefault(bot));
    }

    private sealed record Sharing(GatewaySnapshot Snapshot, Dictionary<BotId, int> Counts);

    /// <summary>A row is told by being that row, not by what stands in it.</summary>
    private sealed class ByRow : IEqualityComparer<(BotId Bot, CallRow Row)>
    {
        public bool Equals((BotId Bot, CallRow Row) x, (BotId Bot, CallRow Row) y) => x.Bot == y.Bot && ReferenceEquals(x.Row, y.Row);

        public int GetHashCode((BotId Bot, CallRow Row) key) => HashCode.Combine(key.Bot, RuntimeHelpers.GetHashCode(key.Row));
    }
}
