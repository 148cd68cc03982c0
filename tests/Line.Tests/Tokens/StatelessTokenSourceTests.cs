namespace Line.Tests.Tokens;

public sealed class StatelessTokenSourceTests
{
    private static readonly TimeSpan FiveSeconds = TimeSpan.FromSeconds(5);
    private readonly ManualClock _clock = new();
    private int _issued;

    [Fact]
    public async Task Given_a_token_When_asked_for_during_13_minutes_Then_it_is_the_same_and_then_a_new_one()
    {
        var source = new StatelessTokenSource(IssueAsync, _clock);
        (await source.GetAsync(default)).ShouldBe("token-1");
        _clock.Advance(TimeSpan.FromMinutes(13) - TimeSpan.FromMilliseconds(1));
        (await source.GetAsync(default)).ShouldBe("token-1");
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        (await source.GetAsync(default)).ShouldBe("token-2");
    }

    [Fact]
    public async Task Given_many_callers_at_once_When_no_token_is_held_Then_one_is_issued_for_all()
    {
        var gate = new TaskCompletionSource<ChannelAccessToken>();
        var source = new StatelessTokenSource(_ => { Interlocked.Increment(ref _issued); return gate.Task; }, _clock);

        var callers = Enumerable.Range(0, 50).Select(_ => source.GetAsync(default).AsTask()).ToArray();
        gate.SetResult(Token("the one"));

        (await Task.WhenAll(callers).WaitAsync(FiveSeconds)).ShouldAllBe(token => token == "the one");
        _issued.ShouldBe(1);
    }

    [Fact]
    public async Task Given_a_caller_that_gives_up_When_others_wait_Then_they_still_get_the_token()
    {
        var gate = new TaskCompletionSource<ChannelAccessToken>();
        var source = new StatelessTokenSource(_ => gate.Task, _clock);
        using var patience = new CancellationTokenSource();
        var impatient = source.GetAsync(patience.Token).AsTask();
        var patient = source.GetAsync(default).AsTask();

        await patience.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => impatient.WaitAsync(FiveSeconds));
        gate.SetResult(Token("late"));
        (await patient.WaitAsync(FiveSeconds)).ShouldBe("late");
    }

    [Fact]
    public async Task Given_a_failure_When_asked_again_Then_it_is_tried_anew()
    {
        var source = new StatelessTokenSource(
            cancellationToken => Interlocked.Increment(ref _issued) == 1 ? Task.FromException<ChannelAccessToken>(new HttpRequestException("away")) : Task.FromResult(Token("second")),
            _clock);
        await Should.ThrowAsync<HttpRequestException>(() => source.GetAsync(default).AsTask());
        (await source.GetAsync(default)).ShouldBe("second");
    }

    [Fact]
    public async Task Given_a_token_that_LINE_refused_When_asked_again_Then_a_new_one_is_issued_and_a_late_refusal_of_the_old_one_changes_nothing()
    {
        var source = new StatelessTokenSource(IssueAsync, _clock);
        var first = await source.GetAsync(default);
        source.Refuse(first);
        (await source.GetAsync(default)).ShouldBe("token-2");
        source.Refuse(first);
        (await source.GetAsync(default)).ShouldBe("token-2");
    }

    private static ChannelAccessToken Token(string value) => new(value, TimeSpan.FromMinutes(15), null);

    private Task<ChannelAccessToken> IssueAsync(CancellationToken cancellationToken) => Task.FromResult(Token($"token-{Interlocked.Increment(ref _issued)}"));
}
