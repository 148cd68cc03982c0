using ModuleGateway.Facade;
using Tenancy;

namespace ModuleGateway.Tests.Facade.Limits;

public sealed class SharedBucketTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 15, 9, 0, 0, TimeSpan.Zero);
    private readonly LinkageId[] _modules = [.. Enumerable.Range(0, 8).Select(_ => LinkageId.New())];

    [Fact]
    public void Given_one_module_When_it_calls_Then_it_has_the_whole_limit_and_then_LINEs_rate()
    {
        var bucket = new SharedBucket(60, TimeSpan.FromHours(1), Start);
        Takes(bucket, 0, 1, Start, 100).ShouldBe(60);
        Takes(bucket, 0, 1, Start.AddSeconds(59), 10).ShouldBe(0);
        Takes(bucket, 0, 1, Start.AddSeconds(60), 10).ShouldBe(1);
        Takes(bucket, 0, 1, Start.AddHours(3), 100).ShouldBe(60);
    }

    [Fact]
    public void Given_a_module_that_calls_without_end_When_another_one_comes_Then_its_share_is_there_at_once()
    {
        var bucket = new SharedBucket(60, TimeSpan.FromHours(1), Start);
        Takes(bucket, 0, 3, Start, 100).ShouldBe(20);
        for (var minute = 1; minute <= 120; minute++)
            Takes(bucket, 0, 3, Start.AddMinutes(minute), 100);
        Takes(bucket, 1, 3, Start.AddMinutes(120), 100).ShouldBe(20);
        Takes(bucket, 2, 3, Start.AddMinutes(120), 100).ShouldBe(20);
    }

    [Fact]
    public void Given_shares_that_lie_idle_When_one_module_calls_all_the_time_Then_it_uses_them_too()
    {
        var bucket = new SharedBucket(60, TimeSpan.FromHours(1), Start);
        Takes(bucket, 0, 3, Start, 100);
        Enumerable.Range(1, 60).Sum(minute => Takes(bucket, 0, 3, Start.AddMinutes(minute), 100)).ShouldBeInRange(59, 60);
    }

    [Fact]
    public void Given_modules_that_all_call_all_the_time_When_an_hour_has_passed_Then_each_had_its_part_of_it()
    {
        var bucket = new SharedBucket(60, TimeSpan.FromHours(1), Start);
        for (var module = 0; module < 4; module++)
            Takes(bucket, module, 4, Start, 100);

        var taken = new int[4];
        for (var second = 1; second <= 3600; second++)
        {
            for (var module = 0; module < 4; module++) // The same one first each time: it gains nothing by it.
                taken[module] += Takes(bucket, module, 4, Start.AddSeconds(second), 5);
        }

        taken.Sum().ShouldBeInRange(56, 60);
        taken.Max().ShouldBeLessThanOrEqualTo(15);
        taken.Min().ShouldBeGreaterThanOrEqualTo(14);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Given_calls_in_any_order_by_linkages_that_come_and_go_When_they_pass_Then_LINEs_own_bucket_would_never_have_refused_one(int seed)
    {
        var random = new Random(seed);
        var (capacity, per) = (random.Next(1, 40), TimeSpan.FromSeconds(random.Next(1, 30)));
        var bucket = new SharedBucket(capacity, per, Start);
        var (line, at, now, passed) = ((double)capacity, Start, Start, 0);
        for (var i = 0; i < 20_000; i++)
        {
            now = now.AddMilliseconds(random.Next(0, 60));
            var linkages = random.Next(100) == 0 ? random.Next(1, 9) : 4;
            if (!bucket.TryTake(_modules[random.Next(linkages)], linkages, now))
                continue;

            line = Math.Min(capacity, line + (capacity * ((now - at) / per)));
            at = now;
            line.ShouldBeGreaterThan(1 - 1e-6);
            line--;
            passed++;
        }

        // And nearly all that LINE would give is given.
        passed.ShouldBeGreaterThan((int)(0.9 * capacity * ((now - Start) / per)));
    }

    [Fact]
    public void Given_more_modules_than_LINEs_limit_has_calls_When_one_calls_alone_Then_it_is_served_and_each_of_the_others_still_finds_its_turn()
    {
        var bucket = new SharedBucket(3, TimeSpan.FromHours(1), Start);
        var greedy = 0;
        var others = new int[8];
        for (var minute = 0; minute < 24 * 60; minute++)
        {
            greedy += Takes(bucket, 0, 8, Start.AddMinutes(minute), 5);
            for (var module = 1; module < 8; module++)
                others[module] += minute % 240 == module * 30 ? Takes(bucket, module, 8, Start.AddMinutes(minute), 1) : 0;
        }

        others[1..].ShouldAllBe(taken => taken >= 5); // Six times in a day each wanted one.
        greedy.ShouldBeGreaterThan(12);               // More than its part of nine: what the others left.
        (greedy + others.Sum()).ShouldBeLessThanOrEqualTo(3 + (24 * 3));
    }

    [Fact]
    public void Given_LINEs_word_that_it_is_empty_When_anybody_calls_Then_nobody_does_before_a_token_has_flown_back()
    {
        var bucket = new SharedBucket(60, TimeSpan.FromHours(1), Start);
        bucket.Pause(Start);
        Takes(bucket, 1, 2, Start.AddSeconds(59), 5).ShouldBe(0);
        Takes(bucket, 1, 2, Start.AddSeconds(60), 5).ShouldBe(1);

        var fast = new SharedBucket(2000, TimeSpan.FromSeconds(1), Start);
        fast.Pause(Start);
        Takes(fast, 0, 2, Start.AddMilliseconds(999), 5).ShouldBe(0);
        Takes(fast, 0, 2, Start.AddSeconds(1), 5).ShouldBe(5);
    }

    private int Takes(SharedBucket bucket, int module, int linkages, DateTimeOffset now, int tries) =>
        Enumerable.Range(0, tries).Count(_ => bucket.TryTake(_modules[module], linkages, now));
}
