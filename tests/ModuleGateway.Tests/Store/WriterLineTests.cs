using ModuleGateway.Store.Sqlite;

namespace ModuleGateway.Tests.Store;

/// <summary>Who writes next.</summary>
public sealed class WriterLineTests : IDisposable
{
    private readonly WriterLine<string> _line = new(groupMax: 3, worksMax: 4, bytesMax: 100);
    private readonly List<string> _group = [];

    public void Dispose() => _line.Dispose();

    [Fact]
    public void Given_a_work_in_line_When_the_turn_before_it_ends_Then_whoever_comes_next_does_not_overtake_it()
    {
        _line.Open();
        _line.Come("at once", 0).ShouldBe(Place.Turn);
        _line.Come("waits", 0).ShouldBe(Place.InLine);
        _line.PassOn();
        _line.Come("later", 0).ShouldBe(Place.InLine); // The writer has not even woken.
        _line.Next(_group).ShouldBeTrue();
        _group.ShouldBe(["waits", "later"]);
    }

    [Fact]
    public void Given_a_store_that_is_not_open_yet_When_works_come_Then_they_wait_in_order()
    {
        _line.Come("1", 0).ShouldBe(Place.InLine);
        _line.Come("2", 0).ShouldBe(Place.InLine);
        _line.Open();
        _line.Next(_group).ShouldBeTrue();
        _group.ShouldBe(["1", "2"]);
    }

    [Fact]
    public void Given_more_works_than_a_group_takes_When_the_writer_asks_Then_it_gets_them_in_order_group_by_group()
    {
        foreach (var work in "1234")
            _line.Come(work.ToString(), 0).ShouldBe(Place.InLine);
        _line.Open();
        _line.Next(_group).ShouldBeTrue();
        _group.ShouldBe(["1", "2", "3"]);
        _line.Next(_group).ShouldBeTrue();
        _group.ShouldBe(["4"]);
    }

    [Fact]
    public async Task Given_works_that_came_together_When_one_comes_after_them_Then_it_goes_by_the_writer_too()
    {
        _line.Come("1", 0);
        _line.Come("2", 0);
        _line.Open();
        _line.Next(_group).ShouldBeTrue();
        var writer = Task.Run(() => _line.Next(_group));
        _line.Come("3", 0).ShouldBe(Place.InLine);
        (await writer.WaitAsync(TimeSpan.FromSeconds(20))).ShouldBeTrue();
        _group.ShouldBe(["3"]);
    }

    [Fact]
    public void Given_as_many_works_as_may_wait_When_one_more_comes_Then_there_is_no_room()
    {
        foreach (var work in "1234")
            _line.Come(work.ToString(), 0).ShouldBe(Place.InLine);
        _line.Come("5", 0).ShouldBe(Place.NoRoom);
        _line.Open();
        _line.Next(_group);
        _line.Come("5", 0).ShouldBe(Place.InLine);
    }

    [Fact]
    public void Given_as_many_bytes_as_may_wait_When_more_come_Then_there_is_no_room_until_the_writer_took_some()
    {
        _line.Come("60", 60).ShouldBe(Place.InLine);
        _line.Come("40", 40).ShouldBe(Place.InLine);
        _line.Come("1", 1).ShouldBe(Place.NoRoom);
        _line.Come("none", 0).ShouldBe(Place.InLine); // Control takes no bytes, and is not refused for those of events.
        _line.Open();
        _line.Next(_group);
        _line.Come("100", 100).ShouldBe(Place.InLine);
    }

    [Fact]
    public void Given_nobody_who_waits_When_a_work_larger_than_the_bound_comes_Then_it_is_taken()
    {
        _line.Come("large", 1000).ShouldBe(Place.InLine);
        _line.Come("small", 1).ShouldBe(Place.NoRoom);
    }

    [Fact]
    public void Given_a_line_that_closes_When_works_wait_Then_they_are_done_and_nobody_comes_any_more()
    {
        _line.Open();
        _line.Come("at once", 0).ShouldBe(Place.Turn);
        _line.Come("waits", 0).ShouldBe(Place.InLine);
        _line.Close();
        _line.Come("late", 0).ShouldBe(Place.Closed);
        _line.PassOn();
        _line.Next(_group).ShouldBeTrue();
        _group.ShouldBe(["waits"]);
        _line.Next(_group).ShouldBeFalse();
    }

    [Fact]
    public async Task Given_a_work_at_its_turn_When_the_line_closes_Then_the_writer_ends_only_when_that_turn_is_over()
    {
        _line.Open();
        _line.Come("at once", 0).ShouldBe(Place.Turn);
        _line.Close();
        var writer = Task.Run(() => _line.Next(_group));
        writer.IsCompleted.ShouldBeFalse();
        _line.PassOn();
        (await writer.WaitAsync(TimeSpan.FromSeconds(20))).ShouldBeFalse();
    }
}
