using System.Net;
using Line.Tests.Published;
using Line.RichMenus;

namespace Line.Tests.Clients;

public sealed class LineRetryTests : IDisposable
{
    private static readonly ChatId Chat = ChatId.Of(UserId.Parse("U1"));
    private static readonly LineMessage[] Text = [new TextMessage("hi")];
    private readonly Recorder _line = new();
    private readonly WaitingClock _clock = new();

    private LineClient Client => Of(LineRetry.Standard with { Random = new Random(7) });

    public void Dispose() => _line.Dispose();

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    public async Task Given_LINE_falls_over_When_pushed_Then_the_same_body_and_key_are_sent_again_until_it_is_taken(int status)
    {
        _line.Answer = n => n < 3 ? Recorder.Json((HttpStatusCode)status, "{}") : Recorder.Json(HttpStatusCode.OK, """{"sentMessages":[{"id":"461"}]}""");

        (await Client.Messages.PushAsync(Chat, Text)).Messages.Single().Id.ShouldBe("461");

        _line.Seen.Count.ShouldBe(3);
        Keys().Distinct().Count().ShouldBe(1);
        Guid.TryParseExact(Keys()[0], "D", out _).ShouldBeTrue();
        _line.Seen.Select(seen => seen.Body).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task Given_a_lost_connection_after_LINE_took_it_When_pushed_Then_LINEs_409_to_the_repeated_key_is_success()
    {
        _line.Answer = n =>
        {
            if (n == 1)
                throw new HttpRequestException("reset");

            var taken = Recorder.Json(HttpStatusCode.Conflict, """{"message":"The retry key is already accepted","sentMessages":[{"id":"461"}]}""");
            taken.Headers.Add("x-line-accepted-request-id", "r-1");
            return taken;
        };
        var receipt = await Client.Messages.PushAsync(Chat, Text);
        (receipt.WasAcceptedBefore, receipt.RequestId, receipt.Messages.Single().Id).ShouldBe((true, "r-1", "461"));
    }

    [Fact]
    public async Task Given_the_callers_own_key_When_sent_in_every_way_that_takes_one_Then_it_is_that_key()
    {
        var options = new SendOptions { RetryKey = Guid.NewGuid() };
        await Client.Messages.PushAsync(Chat, Text, options);
        await Client.Messages.MulticastAsync([UserId.Parse("U1")], Text, options);
        await Client.Messages.NarrowcastAsync(new(), Text, options);
        await Client.Messages.BroadcastAsync(Text, options);
        Keys().ShouldBe([.. Enumerable.Repeat(options.RetryKey.Value.ToString("D"), 4)]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Given_an_unknown_outcome_When_replied_or_a_menu_was_to_be_made_Then_it_is_not_repeated_and_bears_no_key(bool isReply)
    {
        _line.Answer = _ => Recorder.Json(HttpStatusCode.InternalServerError, "{}");
        await Should.ThrowAsync<LineApiException>(() => isReply ? Client.Messages.ReplyAsync(ReplyToken.Parse("rt"), Text) : Client.RichMenus.CreateAsync(new RichMenu(RichMenuSize.Half, true, "n", "c", [])));
        _line.Answer = _ => throw new HttpRequestException("reset");
        await Should.ThrowAsync<HttpRequestException>(() => isReply ? Client.Messages.ReplyAsync(ReplyToken.Parse("rt"), Text) : Client.RichMenus.CreateAsync(new RichMenu(RichMenuSize.Half, true, "n", "c", [])));
        _line.Seen.Count.ShouldBe(2);
        _line.Seen.ShouldAllBe(seen => !seen.Request.Headers.Contains("X-Line-Retry-Key"));
    }

    [Fact]
    public async Task Given_LINEs_pace_is_exceeded_When_replied_Then_nothing_was_done_and_it_is_repeated_when_LINE_says()
    {
        _line.Answer = n =>
        {
            if (n == 2)
                return Recorder.Json(HttpStatusCode.OK, """{"sentMessages":[{"id":"461"}]}""");

            var busy = Recorder.Json(HttpStatusCode.TooManyRequests, """{"message":"The API rate limit has been exceeded. Try again later."}""");
            busy.Headers.RetryAfter = new(TimeSpan.FromSeconds(7));
            return busy;
        };
        await Client.Messages.ReplyAsync(ReplyToken.Parse("rt"), Text);
        _clock.Waits.ShouldBe([TimeSpan.FromSeconds(7)]);
    }

    [Fact]
    public async Task Given_LINE_asks_for_more_patience_than_there_is_When_called_Then_it_fails_at_once()
    {
        _line.Answer = _ =>
        {
            var busy = Recorder.Json(HttpStatusCode.TooManyRequests, """{"message":"later"}""");
            busy.Headers.RetryAfter = new(TimeSpan.FromSeconds(31));
            return busy;
        };
        (await Should.ThrowAsync<LineApiException>(() => Client.Users.GetProfileAsync(UserId.Parse("U1")))).Status.ShouldBe(HttpStatusCode.TooManyRequests);
        (_line.Seen.Count, _clock.Waits.Count).ShouldBe((1, 0));
    }

    [Fact]
    public async Task Given_the_months_quota_is_used_up_When_pushed_Then_it_is_not_repeated()
    {
        _line.Answer = _ => Recorder.Json(HttpStatusCode.TooManyRequests, """{"message":"You have reached your monthly limit."}""");
        (await Should.ThrowAsync<LineApiException>(() => Client.Messages.PushAsync(Chat, Text))).IsMonthlyLimit.ShouldBeTrue();
        _line.Seen.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(404)]
    public async Task Given_LINE_refuses_When_pushed_Then_it_is_not_repeated(int status)
    {
        _line.Answer = _ => Recorder.Json((HttpStatusCode)status, """{"message":"no"}""");
        await Should.ThrowAsync<LineApiException>(() => Client.Messages.PushAsync(Chat, Text));
        _line.Seen.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Given_LINE_stays_away_When_read_Then_waits_double_with_jitter_and_the_last_failure_is_told()
    {
        _line.Answer = _ => Recorder.Json(HttpStatusCode.BadGateway, "{}");
        (await Should.ThrowAsync<LineApiException>(() => Client.Channel.GetBotInfoAsync())).Status.ShouldBe(HttpStatusCode.BadGateway);
        _line.Seen.Count.ShouldBe(4);
        _clock.Waits.Count.ShouldBe(3);
        for (var i = 0; i < 3; i++)
            _clock.Waits[i].TotalMilliseconds.ShouldBeInRange(250 * Math.Pow(2, i), 500 * Math.Pow(2, i));
    }

    [Fact]
    public async Task Given_the_clients_own_time_out_When_read_Then_it_is_tried_again_but_the_callers_cancelling_ends_it()
    {
        _line.Answer = n => n == 1 ? throw new TaskCanceledException("time-out") : Recorder.Json(HttpStatusCode.OK, """{"totalUsage":5}""");
        (await Client.Usage.GetConsumptionAsync()).ShouldBe(5);

        using var stop = new CancellationTokenSource();
        _line.Answer = _ =>
        {
            stop.Cancel();
            throw new TaskCanceledException("the caller left");
        };
        await Should.ThrowAsync<OperationCanceledException>(() => Client.Usage.GetConsumptionAsync(stop.Token));
        _line.Seen.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Given_a_delete_whose_outcome_nobody_knew_When_the_next_attempt_finds_nothing_Then_it_is_deleted()
    {
        _line.Answer = n => n == 1 ? throw new HttpRequestException("reset") : Recorder.Json(HttpStatusCode.NotFound, """{"message":"Not found"}""");
        await Client.RichMenus.DeleteAsync("richmenu-1");
        _line.Seen.Count.ShouldBe(2);
        await Should.ThrowAsync<LineApiException>(() => Client.RichMenus.DeleteAsync("richmenu-2"));
    }

    [Fact]
    public async Task Given_a_token_that_LINE_refuses_When_called_Then_it_is_tried_once_with_another()
    {
        var issued = 0;
        var source = new StatelessTokenSource(_ => Task.FromResult(new ChannelAccessToken($"t{++issued}", TimeSpan.FromMinutes(15), null)), TimeProvider.System);
        _line.Answer = n => n == 1 ? Recorder.Json(HttpStatusCode.Unauthorized, "{}") : Recorder.Json(HttpStatusCode.OK, "{}");
        await new LineClient(new HttpClient(_line), source, Options(LineRetry.Standard)).Messages.ReplyAsync(ReplyToken.Parse("rt"), Text);
        _line.Seen.Select(seen => seen.Request.Headers.Authorization!.Parameter).ShouldBe(["t1", "t2"]);

        _line.Answer = _ => Recorder.Json(HttpStatusCode.Unauthorized, "{}");
        await Should.ThrowAsync<LineApiException>(() => Client.Channel.GetBotInfoAsync());
        _line.Seen.Count.ShouldBe(3); // A fixed token has no other.
    }

    [Fact]
    public async Task Given_a_file_that_can_be_read_once_When_LINE_falls_over_Then_it_is_not_sent_again_and_stays_open()
    {
        _line.Answer = _ => Recorder.Json(HttpStatusCode.InternalServerError, "{}");
        using var file = new MemoryStream("U1\n"u8.ToArray());
        await Should.ThrowAsync<LineApiException>(() => Client.Audiences.AddFromFileAsync(7, file));
        (_line.Seen.Count, file.CanRead).ShouldBe((1, true));
    }

    [Fact]
    public async Task Given_no_repeating_When_LINE_falls_over_Then_there_is_one_attempt_without_a_key()
    {
        _line.Answer = _ => Recorder.Json(HttpStatusCode.InternalServerError, "{}");
        await Should.ThrowAsync<LineApiException>(() => Of(LineRetry.None).Messages.PushAsync(Chat, Text));
        _line.Seen.Single().Request.Headers.Contains("X-Line-Retry-Key").ShouldBeFalse();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(11)]
    public void Given_a_number_of_attempts_out_of_range_When_set_Then_it_is_refused(int attempts) =>
        Should.Throw<ArgumentOutOfRangeException>(() => new LineRetry { AttemptsMax = attempts });

    private string[] Keys() => [.. _line.Seen.Select(seen => seen.Request.Headers.GetValues("X-Line-Retry-Key").Single())];

    private LineClientOptions Options(LineRetry retry) => new() { Retry = retry, Clock = _clock };

    private LineClient Of(LineRetry retry) => new(new HttpClient(_line), new FixedTokenSource("t"), Options(retry));

    /// <summary>Waits no time, and says how long it would have been.</summary>
    private sealed class WaitingClock : TimeProvider
    {
        public List<TimeSpan> Waits { get; } = [];

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Waits.Add(dueTime);
            return base.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }
}
