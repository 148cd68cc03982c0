using System.Text;
using System.Text.Json;
using Line.Webhooks;

namespace Line.Tests.Webhooks;

public sealed class WebhookScanTests
{
    private const string Bot = "Uab012345678901234567890123456789";

    [Theory]
    [InlineData("", WebhookFault.NotJson)]
    [InlineData("hello", WebhookFault.NotJson)]
    [InlineData("{", WebhookFault.NotJson)]
    [InlineData("{\"destination\":\"" + Bot + "\",\"events\":[]} x", WebhookFault.NotJson)]
    [InlineData("{\"destination\":\"" + Bot + "\",\"events\":[{\"type\":\"a\"]}", WebhookFault.NotJson)]
    [InlineData("{\"\\ud800\":1,\"destination\":\"" + Bot + "\",\"events\":[]}", WebhookFault.NotJson)]
    [InlineData("[]", WebhookFault.NotAnObject)]
    [InlineData("null", WebhookFault.NotAnObject)]
    [InlineData("{}", WebhookFault.DestinationMissing)]
    [InlineData("{\"events\":[]}", WebhookFault.DestinationMissing)]
    [InlineData("{\"destination\":\"nobody\",\"events\":[]}", WebhookFault.DestinationMalformed)]
    [InlineData("{\"destination\":7,\"events\":[]}", WebhookFault.DestinationMalformed)]
    [InlineData("{\"destination\":\"" + Bot + "\"}", WebhookFault.EventsMissing)]
    [InlineData("{\"destination\":\"" + Bot + "\",\"events\":{}}", WebhookFault.EventsMissing)]
    [InlineData("{\"destination\":\"" + Bot + "\",\"events\":[1]}", WebhookFault.EventMalformed)]
    [InlineData("{\"destination\":\"" + Bot + "\",\"events\":[{}]}", WebhookFault.EventMalformed)]
    [InlineData("{\"destination\":\"" + Bot + "\",\"events\":[{\"type\":1}]}", WebhookFault.EventMalformed)]
    public void Given_a_body_that_is_no_webhook_request_When_read_Then_the_fault_says_what_is_wrong(string body, WebhookFault fault)
    {
        var scan = WebhookScan.Read(Encoding.UTF8.GetBytes(body));
        scan.Fault.ShouldBe(fault);
        scan.Fault.Describe().ShouldNotBeNullOrEmpty();
        WebhookReader.TryRead(Encoding.UTF8.GetBytes(body), out _, out var again).ShouldBeFalse();
        again.ShouldBe(fault);
    }

    [Fact]
    public void Given_bytes_that_are_no_UTF8_When_read_Then_they_are_no_JSON()
    {
        var body = Encoding.UTF8.GetBytes($$$"""{"destination":"{{{Bot}}}","events":[],"x":"?"}""");
        body[Array.LastIndexOf(body, (byte)'?')] = 0xff;
        WebhookScan.Read(body).Fault.ShouldBe(WebhookFault.NotJson);
    }

    [Fact]
    public void Given_deep_nesting_When_read_Then_it_is_refused_without_harm()
    {
        var body = Encoding.UTF8.GetBytes($$$"""{"destination":"{{{Bot}}}","events":[],"x":{{{new string('[', 100_000)}}}{{{new string(']', 100_000)}}}}""");
        WebhookScan.Read(body).Fault.ShouldBe(WebhookFault.NotJson);
    }

    [Fact]
    public void Given_LINEs_verification_request_When_read_Then_it_has_no_events()
    {
        var scan = WebhookScan.Read(Encoding.UTF8.GetBytes($$$"""{"destination":"{{{Bot}}}","events":[]}"""));
        scan.Fault.ShouldBe(WebhookFault.None);
        scan.EventCount.ShouldBe(0);
        scan.GetEnumerator().MoveNext().ShouldBeFalse();
    }

    [Fact]
    public void Given_an_event_with_everything_When_scanned_Then_each_slice_lies_where_it_says()
    {
        var body = Encoding.UTF8.GetBytes(
            $$$"""
            {"events":[ {"unknown":{"type":"x","a":[1,{"source":2}]},"type":"message","mode":"standby","timestamp":1760000000000,
             "webhookEventId":"01K7AAAAAAAAAAAAAAAAAAAAAA","deliveryContext":{"isRedelivery":true,"later":{}},
             "replyToken":"rt-1","source":{"later":[],"type":"group","groupId":"C1","userId":"U1"},
             "message":{"type":"text","text":"\ud83d\ude00 {\"]"}} ], "destination":"{{{Bot}}}"}
            """);

        var scan = WebhookScan.Read(body);
        scan.Fault.ShouldBe(WebhookFault.None);
        scan.Destination.ToString().ShouldBe(Bot);
        scan.EventCount.ShouldBe(1);
        var count = 0;
        foreach (var e in scan)
        {
            count++;
            e.Type.ShouldBeSameAs(EventTypes.Message);
            e.Mode.ShouldBe(ChannelMode.Standby);
            e.TimestampMs.ShouldBe(1760000000000);
            e.WebhookEventId.ToString().ShouldBe("01K7AAAAAAAAAAAAAAAAAAAAAA");
            e.IsRedelivery.ShouldBeTrue();
            e.SourceKind.ShouldBe(SourceKind.Group);
            e.ChatId.ToString().ShouldBe("C1");
            e.UserId.ToString().ShouldBe("U1");
            Encoding.UTF8.GetString(body.AsSpan(e.ReplyToken.Offset, e.ReplyToken.Raw.Length)).ShouldBe("rt-1");
            Encoding.UTF8.GetString(body.AsSpan(e.DeliveryContext.Offset, e.DeliveryContext.Raw.Length)).ShouldBe("""{"isRedelivery":true,"later":{}}""");
            body.AsSpan(e.Offset, e.Raw.Length).SequenceEqual(e.Raw).ShouldBeTrue();
            JsonDocument.Parse(e.Raw.ToArray()).RootElement.GetProperty("message").GetProperty("text").GetString().ShouldBe("😀 {\"]");
        }

        count.ShouldBe(1);
    }

    [Fact]
    public void Given_escapes_in_names_and_ids_When_scanned_Then_they_mean_what_they_mean_to_every_JSON_parser()
    {
        var body = Encoding.UTF8.GetBytes(
            $$$"""{"dest\u0069nation":"\u0055{{{Bot[1..]}}}","events":[{"ty\u0070e":"fo\u006clow","mode":"acti\u0076e","source":{"type":"user","userId":"\u00551"}}]}""");

        var scan = WebhookScan.Read(body);
        scan.Fault.ShouldBe(WebhookFault.None);
        scan.Destination.ToString().ShouldBe(Bot);
        var events = scan.GetEnumerator();
        events.MoveNext().ShouldBeTrue();
        events.Current.Type.ShouldBe("follow");
        events.Current.Mode.ShouldBe(ChannelMode.Active);
        events.Current.SourceKind.ShouldBe(SourceKind.User);
        events.Current.ChatId.ToString().ShouldBe("U1");
    }

    [Fact]
    public void Given_a_property_twice_When_scanned_Then_the_last_one_counts_as_in_other_parsers()
    {
        var body = Encoding.UTF8.GetBytes(
            $$$"""{"destination":"x","destination":"{{{Bot}}}","events":7,"events":[{"type":"join","type":"leave"}]}""");

        var scan = WebhookScan.Read(body);
        scan.Fault.ShouldBe(WebhookFault.None);
        var events = scan.GetEnumerator();
        events.MoveNext().ShouldBeTrue();
        events.Current.Type.ShouldBe("leave");
        WebhookReader.TryRead(body, out var request, out _).ShouldBeTrue();
        request!.Events.Single().ShouldBeOfType<LeaveEvent>();
    }

    [Fact]
    public void Given_a_request_as_LINE_writes_it_When_scanned_Then_nothing_is_allocated()
    {
        var body = Encoding.UTF8.GetBytes(
            $$$"""{"destination":"{{{Bot}}}","events":[{"type":"message","mode":"active","replyToken":"rt","timestamp":1,"source":{"type":"user","userId":"U1"},"message":{"type":"text","text":"hi \n"}}]}""");
        Walk(body);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            Walk(body);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);

        static int Walk(byte[] body)
        {
            var sum = 0;
            foreach (var e in WebhookScan.Read(body))
                sum += e.Raw.Length + e.Type.Length;

            return sum;
        }
    }

    [Fact]
    public void Given_a_request_changed_at_random_When_read_Then_it_is_read_or_refused_but_never_throws_and_both_readers_agree()
    {
        var dice = new Random(20260802);
        var template = Encoding.UTF8.GetBytes(
            $$$"""{"destination":"{{{Bot}}}","events":[{"type":"message","mode":"active","timestamp":1,"source":{"type":"user","userId":"U1"},"message":{"type":"text","text":"a\ud83d\ude00b","mention":{"mentionees":[{"userId":"U2"}]} }},{"type":"postback","postback":{"data":"x"}}]}""");
        var goodCount = 0;
        for (var round = 0; round < 20_000; round++)
        {
            var body = template.ToArray();
            for (var change = dice.Next(3); change >= 0; change--)
                body[dice.Next(body.Length)] = dice.Next(2) == 0 ? (byte)dice.Next(256) : template[dice.Next(template.Length)];

            var scan = WebhookScan.Read(body);
            var isRead = WebhookReader.TryRead(body, out var request, out var fault);
            isRead.ShouldBe(scan.Fault == WebhookFault.None);
            fault.ShouldBe(scan.Fault);
            if (!isRead)
                continue;

            goodCount++;
            request!.Events.Count.ShouldBe(scan.EventCount);
            var index = 0;
            foreach (var e in scan)
            {
                var typed = request.Events[index++];
                typed.Type.ShouldBe(e.Type);
                typed.Mode.ShouldBe(e.Mode);
                (typed.OccurredAt?.ToUnixTimeMilliseconds()).ShouldBe(e.TimestampMs);
                (typed.Source?.Kind ?? SourceKind.None).ShouldBe(e.SourceKind);
            }
        }

        goodCount.ShouldBeGreaterThan(1000); // Else this test walks the refusals only.
    }
}
