using ModuleGateway.Delivery;
using Tenancy;

namespace ModuleGateway.Tests.Delivery;

public sealed class ConnectionPlacesTests
{
    [Fact]
    public async Task Given_a_module_that_takes_all_it_gets_When_it_has_its_part_Then_it_waits_and_another_gets_one_at_once()
    {
        var places = new ConnectionPlaces(64);
        var (greedy, other) = (ModuleId.New(), ModuleId.New());
        var taken = Enumerable.Range(0, 64).Select(_ => places.TakeAsync(greedy, CancellationToken.None)).ToList();
        taken.Count(one => one.IsCompleted).ShouldBe(3); // A sixteenth of what is free, a little less with each.
        places.TakeAsync(other, CancellationToken.None).IsCompleted.ShouldBeTrue();

        (await taken[0]).Dispose();
        await taken[3].WaitAsync(TimeSpan.FromSeconds(20));
        places.Taken.ShouldBe(4);
    }

    [Fact]
    public void Given_a_thousand_modules_that_hang_on_to_all_they_get_When_a_newcomer_comes_Then_there_is_a_place_for_it()
    {
        var places = new ConnectionPlaces(2048);
        for (var round = 0; round < 32; round++)
        {
            foreach (var module in Hogs)
                _ = places.TakeAsync(module, CancellationToken.None);
        }

        for (var i = 0; i < 8; i++)
            places.TakeAsync(ModuleId.New(), CancellationToken.None).IsCompleted.ShouldBeTrue();
        places.Taken.ShouldBeLessThanOrEqualTo(2048);
    }

    [Fact]
    public async Task Given_somebody_who_waits_When_he_gives_up_Then_the_next_place_goes_to_the_next()
    {
        var places = new ConnectionPlaces(1);
        var first = await places.TakeAsync(ModuleId.New(), CancellationToken.None);
        using var patience = new CancellationTokenSource();
        var (second, third) = (places.TakeAsync(ModuleId.New(), patience.Token), places.TakeAsync(ModuleId.New(), CancellationToken.None));
        await patience.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(second);
        first.Dispose();
        first.Dispose(); // Twice is once.
        using var last = await third.WaitAsync(TimeSpan.FromSeconds(20));
        places.Taken.ShouldBe(1);
    }

    private static readonly ModuleId[] Hogs = [.. Enumerable.Range(0, 1000).Select(_ => ModuleId.New())];
}
