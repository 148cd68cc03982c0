using ModuleGateway.Store;

namespace ModuleGateway.Tests.Store;

public sealed class StoreClockTests
{
    [Fact]
    public void Given_a_clock_that_is_set_back_When_the_time_is_asked_Then_it_stands_still_until_the_clock_has_caught_up()
    {
        var machine = new TestClock();
        var clock = new StoreClock(machine);
        machine.Advance(TimeSpan.FromHours(1));
        var latest = clock.GetUtcNow();

        machine.Advance(TimeSpan.FromHours(-1));
        clock.GetUtcNow().ShouldBe(latest);
        machine.Advance(TimeSpan.FromHours(2));
        clock.GetUtcNow().ShouldBeGreaterThan(latest);
    }

    [Fact]
    public void Given_an_instant_that_the_store_holds_When_the_machine_is_behind_it_Then_time_begins_there()
    {
        var machine = new TestClock();
        var written = machine.GetUtcNow() + TimeSpan.FromDays(1);
        var clock = new StoreClock(machine);
        clock.NotBefore(written);
        clock.GetUtcNow().ShouldBe(written);
    }
}
