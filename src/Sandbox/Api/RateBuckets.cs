using Line;
using Microsoft.Extensions.Options;

namespace Sandbox.Api;

/// <summary>LINE's rate limits: a token bucket per channel, account and call, refilled evenly.</summary>
internal sealed class RateBuckets(IOptions<SandboxOptions> options, TimeProvider clock)
{
    private readonly Rate _usual = Rate.PerSecond(options.Value.UsualCallsPerSecond);
    private readonly Lock _lock = new();
    private readonly Dictionary<(ChannelId, BotId?, ApiRow), Bucket> _buckets = [];

    public bool TryTake(ChannelId channelId, BotId? botId, ApiRow row)
    {
        var limit = row.Limit == Rate.Usual ? _usual : row.Limit;
        var now = clock.GetUtcNow();
        lock (_lock)
        {
            if (!_buckets.TryGetValue((channelId, botId, row), out var bucket))
                bucket = new Bucket(limit.Calls, now);

            var left = Math.Min(limit.Calls, bucket.Left + (now - bucket.At).TotalSeconds * limit.RefillPerSecond);
            var isTaken = left >= 1;
            _buckets[(channelId, botId, row)] = new Bucket(isTaken ? left - 1 : left, now);
            return isTaken;
        }
    }

    private readonly record struct Bucket(double Left, DateTimeOffset At);
}
