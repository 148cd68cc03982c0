using System.Text;
using System.Text.Json;
using Line.Webhooks;

namespace Line.Tests.Webhooks;

public sealed class WebhookReaderTests
{
    private const string Bot = "Uab012345678901234567890123456789";

    [SamplesTheory]
    [MemberData(nameof(Samples.Names), MemberType = typeof(Samples), DisableDiscoveryEnumeration = true)]
    public void Given_a_sample_of_LINEs_When_read_Then_every_event_has_its_type_and_keeps_every_property(string name)
    {
        var body = Samples.Read(name);
        WebhookReader.TryRead(body, out var request, out var fault).ShouldBeTrue(fault.Describe());

        var expected = JsonDocument.Parse(body).RootElement.GetProperty("events");
        request!.Events.Count.ShouldBe(expected.GetArrayLength());
        foreach (var (read, raw) in request.Events.Zip(expected.EnumerateArray()))
        {
            JsonElement.DeepEquals(read.Raw, raw).ShouldBeTrue();
            read.Type.ShouldBe(raw.GetProperty("type").GetString());
            (read is UnknownEvent).ShouldBe(read.Type == "greatNewFeature");
        }
    }

    [Fact]
    public void Given_messages_of_every_kind_When_read_Then_their_contents_are_typed()
    {
        Message("""{"id":"1","type":"text","text":"hi","quoteToken":"q","markAsReadToken":"m","mention":{"mentionees":[{"isSelf":true}]}}""")
            .ShouldBeOfType<TextContent>().ShouldSatisfyAllConditions(
                text => text.Text.ShouldBe("hi"),
                text => text.IsBotMentioned.ShouldBeTrue(),
                text => text.QuoteToken.ShouldBe("q"),
                text => text.MarkAsReadToken.ShouldBe("m"),
                text => text.Id.ShouldBe(MessageId.Parse("1")));
        Message("""{"id":"1","type":"sticker","packageId":"1","stickerId":"2","keywords":["bed"]}""")
            .ShouldBeOfType<StickerContent>().Keywords.ShouldBe(["bed"]);
        Message("""{"id":"1","type":"image","contentProvider":{"type":"external","originalContentUrl":"https://a.example/1"}}""")
            .ShouldBeOfType<ImageContent>().Provider.OriginalContentUrl.ShouldBe("https://a.example/1");
        Message("""{"id":"1","type":"video","duration":60000,"contentProvider":{"type":"line"}}""")
            .ShouldBeOfType<VideoContent>().Duration.ShouldBe(TimeSpan.FromMinutes(1));
        Message("""{"id":"1","type":"audio","contentProvider":{"type":"line"}}""").ShouldBeOfType<AudioContent>().Provider.IsLine.ShouldBeTrue();
        Message("""{"id":"1","type":"file","fileName":"a.pdf","fileSize":22016}""").ShouldBeOfType<FileContent>().FileBytes.ShouldBe(22016);
        Message("""{"id":"1","type":"location","title":"t","latitude":35.5,"longitude":139.25}""").ShouldBeOfType<LocationContent>().Latitude.ShouldBe(35.5);
        Message("""{"id":"1","type":"hologram","depth":3}""").ShouldBeOfType<UnknownContent>().Raw.GetProperty("depth").GetInt32().ShouldBe(3);
        Message("7").ShouldBeOfType<UnknownContent>();
    }

    [Fact]
    public void Given_module_events_When_read_Then_what_LINE_granted_and_when_the_hold_ends_are_there()
    {
        var attached = Read($$"""{"type":"module","module":{"type":"attached","botId":"{{Bot}}","scopes":["message:send","message:receive"]},"mode":"active"}""").ShouldBeOfType<ModuleEvent>();
        attached.IsAttached.ShouldBeTrue();
        attached.Bot.ShouldBe(BotId.Parse(Bot));
        attached.Scopes.ShouldBe(["message:send", "message:receive"]);

        var detached = Read($$"""{"type":"module","module":{"type":"detached","botId":"{{Bot}}","reason":"bot_deleted"},"mode":"active"}""").ShouldBeOfType<ModuleEvent>();
        (detached.IsAttached, detached.IsDetached, detached.Reason).ShouldBe((false, true, "bot_deleted"));

        Read("""{"type":"activated","chatControl":{"expireAt":1760003600000},"source":{"type":"user","userId":"U1"}}""")
            .ShouldBeOfType<ActivatedEvent>().ExpiresAt.ShouldBe(DateTimeOffset.FromUnixTimeMilliseconds(1760003600000));
        Read("""{"type":"activated","chatControl":{},"source":{"type":"user","userId":"U1"}}""").ShouldBeOfType<ActivatedEvent>().ExpiresAt.ShouldBeNull();
        Read("""{"type":"deactivated","source":{"type":"user","userId":"U1"}}""").ShouldBeOfType<DeactivatedEvent>().Chat.ShouldBe(ChatId.Parse("U1"));
        Read("""{"type":"botSuspended"}""").ShouldBeOfType<BotSuspendedEvent>().Source.ShouldBeNull();
        Read("""{"type":"botResumed"}""").ShouldBeOfType<BotResumedEvent>();
    }

    [Fact]
    public void Given_events_of_groups_and_people_When_read_Then_their_payloads_are_typed()
    {
        Read("""{"type":"memberJoined","joined":{"members":[{"type":"user","userId":"U1"},{"type":"user"}]}}""").ShouldBeOfType<MemberJoinedEvent>().Members.ShouldBe([UserId.Parse("U1")]);
        Read("""{"type":"memberLeft","left":{"members":[{"type":"user","userId":"U1"}]}}""").ShouldBeOfType<MemberLeftEvent>().Members.Count.ShouldBe(1);
        Read("""{"type":"unsend","unsend":{"messageId":"325708"}}""").ShouldBeOfType<UnsendEvent>().MessageId.ShouldBe(MessageId.Parse("325708"));
        Read("""{"type":"follow","follow":{"isUnblocked":true}}""").ShouldBeOfType<FollowEvent>().IsUnblocked.ShouldBeTrue();
        Read("""{"type":"postback","postback":{"data":"a=1","params":{"date":"2026-06-18"}}}""").ShouldBeOfType<PostbackEvent>().Params!.Value.GetProperty("date").GetString().ShouldBe("2026-06-18");
        Read("""{"type":"beacon","beacon":{"hwid":"37","type":"enter","dm":"12ab"}}""").ShouldBeOfType<BeaconEvent>().DeviceMessage.ShouldBe("12ab");
        Read("""{"type":"accountLink","link":{"result":"failed","nonce":"n"}}""").ShouldBeOfType<AccountLinkEvent>().IsLinked.ShouldBeFalse();
        Read("""{"type":"videoPlayComplete","videoPlayComplete":{"trackingId":"t"}}""").ShouldBeOfType<VideoPlayCompleteEvent>().TrackingId.ShouldBe("t");
        Read("""{"type":"messageEdited","message":{"id":"1","type":"text","text":"new"}}""").ShouldBeOfType<MessageEditedEvent>().Message.ShouldBeOfType<TextContent>();
    }

    [Fact]
    public void Given_half_a_surrogate_pair_in_a_text_When_read_Then_it_is_replaced_and_the_rest_survives() =>
        Message("""{"id":"1","type":"text","text":"a\ud83d\n\ud83d\ude00\"b"}""").ShouldBeOfType<TextContent>().Text.ShouldBe("a\uFFFD\n😀\"b");

    [Fact]
    public void Given_ids_of_a_shape_that_no_call_takes_When_read_Then_the_event_is_kept_without_a_chat()
    {
        var followed = Read("""{"type":"follow","source":{"type":"user","userId":"U4af4980629..."}}""");
        followed.Chat.ShouldBeNull();
        followed.Source!.Kind.ShouldBe(SourceKind.User);
        followed.Source.Raw.GetProperty("userId").GetString().ShouldBe("U4af4980629...");
    }

    [Fact]
    public void Given_values_of_other_kinds_than_published_When_read_Then_they_count_as_absent()
    {
        var read = Read("""{"type":"message","mode":1,"timestamp":"soon","webhookEventId":null,"deliveryContext":[],"source":7,"replyToken":{},"message":"hi"}""");
        (read.Mode, read.OccurredAt, read.Id, read.IsRedelivery, read.Source, read.ReplyToken)
            .ShouldBe((ChannelMode.Unknown, null, null, false, null, null));
        Read("""{"type":"join","timestamp":9223372036854775807}""").OccurredAt.ShouldBeNull();
    }

    private static MessageContent Message(string json) => Read($$"""{"type":"message","message":{{json}}}""").ShouldBeOfType<MessageEvent>().Message;

    private static WebhookEvent Read(string eventJson)
    {
        var body = Encoding.UTF8.GetBytes($$"""{"destination":"{{Bot}}","events":[{{eventJson}}]}""");
        WebhookReader.TryRead(body, out var request, out var fault).ShouldBeTrue(fault.Describe());
        return request!.Events.Single();
    }
}
