using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Line.Audiences;
using Line.Coupons;
using Line.Insights;
using Line.Memberships;
using Line.Narrowcasting;
using Line.Notifications;
using Line.RichMenus;

namespace Line.Json;

/// <summary>How all typed JSON of this library is read and written: generated at compile time, so that it survives trimming.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(LenientStringConverter), typeof(AddressConverter)])]
[JsonSerializable(typeof(LineMessage))]
[JsonSerializable(typeof(TextMessage))]
[JsonSerializable(typeof(TextMessageV2))]
[JsonSerializable(typeof(StickerMessage))]
[JsonSerializable(typeof(ImageMessage))]
[JsonSerializable(typeof(VideoMessage))]
[JsonSerializable(typeof(AudioMessage))]
[JsonSerializable(typeof(LocationMessage))]
[JsonSerializable(typeof(CouponMessage))]
[JsonSerializable(typeof(ImagemapMessage))]
[JsonSerializable(typeof(MessageImagemapAction))]
[JsonSerializable(typeof(UriImagemapAction))]
[JsonSerializable(typeof(ClipboardImagemapAction))]
[JsonSerializable(typeof(TemplateMessage))]
[JsonSerializable(typeof(ButtonsTemplate))]
[JsonSerializable(typeof(ConfirmTemplate))]
[JsonSerializable(typeof(CarouselTemplate))]
[JsonSerializable(typeof(ImageCarouselTemplate))]
[JsonSerializable(typeof(PostbackAction))]
[JsonSerializable(typeof(MessageAction))]
[JsonSerializable(typeof(UriAction))]
[JsonSerializable(typeof(DateTimePickerAction))]
[JsonSerializable(typeof(CameraAction))]
[JsonSerializable(typeof(CameraRollAction))]
[JsonSerializable(typeof(LocationAction))]
[JsonSerializable(typeof(RichMenuSwitchAction))]
[JsonSerializable(typeof(ClipboardAction))]
[JsonSerializable(typeof(MentionSubstitution))]
[JsonSerializable(typeof(EmojiSubstitution))]
[JsonSerializable(typeof(UserMentionTarget))]
[JsonSerializable(typeof(AllMentionTarget))]
[JsonSerializable(typeof(FlexMessage))]
[JsonSerializable(typeof(FlexContainer))]
[JsonSerializable(typeof(FlexBubble))]
[JsonSerializable(typeof(FlexCarousel))]
[JsonSerializable(typeof(FlexBox))]
[JsonSerializable(typeof(FlexButton))]
[JsonSerializable(typeof(FlexImage))]
[JsonSerializable(typeof(FlexVideo))]
[JsonSerializable(typeof(FlexIcon))]
[JsonSerializable(typeof(FlexText))]
[JsonSerializable(typeof(FlexSpan))]
[JsonSerializable(typeof(FlexSeparator))]
[JsonSerializable(typeof(FlexFiller))]
[JsonSerializable(typeof(FlexLinearGradient))]
[JsonSerializable(typeof(Recipient))]
[JsonSerializable(typeof(AudienceRecipient))]
[JsonSerializable(typeof(RedeliveryRecipient))]
[JsonSerializable(typeof(OperatorRecipient))]
[JsonSerializable(typeof(DemographicFilter))]
[JsonSerializable(typeof(AgeFilter))]
[JsonSerializable(typeof(AppTypeFilter))]
[JsonSerializable(typeof(AreaFilter))]
[JsonSerializable(typeof(GenderFilter))]
[JsonSerializable(typeof(SubscriptionPeriodFilter))]
[JsonSerializable(typeof(OperatorDemographicFilter))]
[JsonSerializable(typeof(NarrowcastLimit))]
[JsonSerializable(typeof(NarrowcastProgress))]
[JsonSerializable(typeof(RichMenu))]
[JsonSerializable(typeof(StoredRichMenu))]
[JsonSerializable(typeof(StoredRichMenus))]
[JsonSerializable(typeof(RichMenuAlias))]
[JsonSerializable(typeof(RichMenuAliases))]
[JsonSerializable(typeof(RichMenuBatch))]
[JsonSerializable(typeof(RichMenuOperation))]
[JsonSerializable(typeof(LinkOperation))]
[JsonSerializable(typeof(UnlinkOperation))]
[JsonSerializable(typeof(UnlinkAllOperation))]
[JsonSerializable(typeof(RichMenuBatchProgress))]
[JsonSerializable(typeof(BulkRichMenu))]
[JsonSerializable(typeof(Audience))]
[JsonSerializable(typeof(AudienceDetails))]
[JsonSerializable(typeof(AudiencePage))]
[JsonSerializable(typeof(AudienceUpload))]
[JsonSerializable(typeof(AudienceAddition))]
[JsonSerializable(typeof(MessageDeliveries))]
[JsonSerializable(typeof(FollowerCounts))]
[JsonSerializable(typeof(Demographics))]
[JsonSerializable(typeof(MessageEvents))]
[JsonSerializable(typeof(RichMenuSummary))]
[JsonSerializable(typeof(RichMenuDays))]
[JsonSerializable(typeof(MembershipPlans))]
[JsonSerializable(typeof(MembershipSubscriptions))]
[JsonSerializable(typeof(TemplatePush))]
[JsonSerializable(typeof(CouponDraft))]
[JsonSerializable(typeof(Coupon))]
[JsonSerializable(typeof(CouponTitles))]
[JsonSerializable(typeof(NormalAcquisition))]
[JsonSerializable(typeof(LotteryAcquisition))]
[JsonSerializable(typeof(ReferralAcquisition))]
[JsonSerializable(typeof(CashBackReward))]
[JsonSerializable(typeof(DiscountReward))]
[JsonSerializable(typeof(FreeReward))]
[JsonSerializable(typeof(GiftReward))]
[JsonSerializable(typeof(OtherReward))]
[JsonSerializable(typeof(FixedPrice))]
[JsonSerializable(typeof(PercentagePrice))]
[JsonSerializable(typeof(ExplicitPrice))]
[JsonSerializable(typeof(DeliveryCount))]
[JsonSerializable(typeof(GroupSummary))]
internal sealed partial class LineJson : JsonSerializerContext
{
    // The body is JSON for a machine: escaping every CJK character would triple its size.
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Text<T>(T value, JsonTypeInfo<T> info) => Encoding.UTF8.GetString(Written(value, info).WrittenSpan);

    public static byte[] ToBytes<T>(T value, JsonTypeInfo<T> info) => Written(value, info).WrittenSpan.ToArray();

    /// <summary>An object of what <paramref name="write"/> writes.</summary>
    public static byte[] ToBytes(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, Writing))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>How long it is on the wire.</summary>
    public static int Bytes<T>(T value, JsonTypeInfo<T> info) => Written(value, info).WrittenCount;

    private static ArrayBufferWriter<byte> Written<T>(T value, JsonTypeInfo<T> info)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using var writer = new Utf8JsonWriter(buffer, Writing);
        JsonSerializer.Serialize(writer, value, info);
        writer.Flush();
        return buffer;
    }
}
