using System.Text;
using Line.Audiences;
using Line.Coupons;
using Line.Narrowcasting;
using Line.RichMenus;
using Line.Tests.Messages;

namespace Line.Tests.Published;

/// <summary>Which method makes which of LINE's calls, with every field that the call takes.</summary>
internal static class CallTable
{
    private static readonly UserId User = UserId.Parse("U0123456789abcdef0123456789abcdef");
    private static readonly BotId Bot = BotId.Parse("Uab012345678901234567890123456789");
    private static readonly GroupId Group = GroupId.Parse("C0123456789abcdef0123456789abcdef");
    private static readonly RoomId Room = RoomId.Parse("R0123456789abcdef0123456789abcdef");
    private static readonly MessageId Message = MessageId.Parse("461230966842064897");
    private static readonly ChannelId Channel = ChannelId.Parse("1234567890");
    private static readonly DateOnly Day = new(2026, 8, 1), LaterDay = new(2026, 8, 20);
    private static readonly LineMessage[] Text = [new TextMessage("hi")];
    private static readonly SendOptions Options = new() { RetryKey = Guid.Parse("123e4567-e89b-12d3-a456-426614174000"), IsSilent = true };
    private static readonly string Hash = NotificationClient.HashOf("+818000001234");
    private static readonly RichMenu Menu = new(RichMenuSize.Half, true, "menu", "open", [new(new(0, 0, 1250, 843), new RichMenuSwitchAction("menu-b", "b", "to b")), new(new(1250, 0, 1250, 843), new MessageAction("L", "T"))]);
    private static readonly RichMenuBatch Batch = new([RichMenuOperation.Replace("richmenu-1", "richmenu-2"), RichMenuOperation.Unlink("richmenu-3")], "key_1");
    private static readonly AttachRequest Attach = new() { RedirectUrl = "https://a.example/cb", Scopes = ["message:send"], State = "Ab1", Region = "JP", BasicSearchId = "@abc", BrandTypes = ["premium"], Pkce = new Pkce("verifier") };

    private static readonly Narrowcast Few = new()
    {
        Recipient = Recipient.AllOf(new AudienceRecipient(5614991017776), Recipient.AnyOf(new RedeliveryRecipient("5b59509c-c57b-11e9-aa8c-2a2ae2dbcce4"), Recipient.Except(new AudienceRecipient(4389303728991)))),
        Demographic = DemographicFilter.AnyOf(
            DemographicFilter.AllOf(new GenderFilter(["male", "female"]), new AgeFilter("age_20", "age_25"), new AppTypeFilter(["ios", "android"]), new AreaFilter(["jp_13", "tw_01"])),
            DemographicFilter.Except(new SubscriptionPeriodFilter("day_7", "day_30"))),
        Limit = new NarrowcastLimit { Max = 100, UpToRemainingQuota = true, ForbidPartialDelivery = true },
    };

    private static readonly CouponDraft Coupon = new("ten off", DateTimeOffset.FromUnixTimeSeconds(1_790_000_000), DateTimeOffset.FromUnixTimeSeconds(1_790_086_400))
    {
        AcquisitionCondition = new LotteryAcquisition(50, 100), Visibility = "PUBLIC", Timezone = "ASIA_TAIPEI", Reward = new DiscountReward { PriceInfo = new ExplicitPrice(90, 100) },
        Description = "d", UsageCondition = "u", ImageUrl = EveryMessage.Picture, BarcodeImageUrl = EveryMessage.Picture, CouponCode = "c",
    };

    /// <summary>By LINE's name of the call; the method is named for whoever looks for it, and checked to exist.</summary>
    public static IReadOnlyDictionary<string, (string Method, Func<Clients, Task> Make)[]> Rows { get; } = new Dictionary<string, (string, Func<Clients, Task>)[]>(StringComparer.Ordinal)
    {
        ["getWebhookEndpoint"] = [("ChannelClient.GetWebhookEndpointAsync", c => c.Line.Channel.GetWebhookEndpointAsync())],
        ["setWebhookEndpoint"] = [("ChannelClient.SetWebhookEndpointAsync", c => c.Line.Channel.SetWebhookEndpointAsync("https://a.example/webhook"))],
        ["testWebhookEndpoint"] = [("ChannelClient.TestWebhookEndpointAsync", c => c.Line.Channel.TestWebhookEndpointAsync("https://a.example/webhook"))],
        ["getBotInfo"] = [("ChannelClient.GetBotInfoAsync", c => c.Line.Channel.GetBotInfoAsync())],

        ["getMessageContent"] = [("ContentClient.OpenAsync", c => c.Line.Content.OpenAsync(Message))],
        ["getMessageContentPreview"] = [("ContentClient.OpenPreviewAsync", c => c.Line.Content.OpenPreviewAsync(Message))],
        ["getMessageContentTranscodingByMessageId"] = [("ContentClient.GetStateAsync", c => c.Line.Content.GetStateAsync(Message))],

        ["replyMessage"] = [("MessagingClient.ReplyAsync", c => c.Line.Messages.ReplyAsync(ReplyToken.Parse("rt"), Text, isSilent: true))],
        ["pushMessage"] = [("MessagingClient.PushAsync", c => c.Line.Messages.PushAsync(ChatId.Of(User), Text, Options with { AggregationUnit = "unit_1" }))],
        ["multicast"] = [("MessagingClient.MulticastAsync", c => c.Line.Messages.MulticastAsync([User], Text, Options with { AggregationUnit = "unit_1" }))],
        ["narrowcast"] = [("MessagingClient.NarrowcastAsync", c => c.Line.Messages.NarrowcastAsync(Few, Text, Options))],
        ["getNarrowcastProgress"] = [("MessagingClient.GetNarrowcastProgressAsync", c => c.Line.Messages.GetNarrowcastProgressAsync("r-1"))],
        ["broadcast"] = [("MessagingClient.BroadcastAsync", c => c.Line.Messages.BroadcastAsync(Text, Options))],
        ["validateReply"] = [("MessagingClient.ValidateAsync", c => c.Line.Messages.ValidateAsync(MessageUse.Reply, Text))],
        ["validatePush"] = [("MessagingClient.ValidateAsync", c => c.Line.Messages.ValidateAsync(MessageUse.Push, Text))],
        ["validateMulticast"] = [("MessagingClient.ValidateAsync", c => c.Line.Messages.ValidateAsync(MessageUse.Multicast, Text))],
        ["validateNarrowcast"] = [("MessagingClient.ValidateAsync", c => c.Line.Messages.ValidateAsync(MessageUse.Narrowcast, Text))],
        ["validateBroadcast"] = [("MessagingClient.ValidateAsync", c => c.Line.Messages.ValidateAsync(MessageUse.Broadcast, Text))],
        ["showLoadingAnimation"] = [("MessagingClient.ShowLoadingAsync", c => c.Line.Messages.ShowLoadingAsync(User, TimeSpan.FromSeconds(20)))],
        ["markMessagesAsReadByToken"] = [("MessagingClient.MarkAsReadAsync", c => c.Line.Messages.MarkAsReadAsync("read-token"))],
        ["markMessagesAsRead"] = [("MessagingClient.MarkAsReadAsync", c => c.Line.Messages.MarkAsReadAsync(User))],

        ["getMessageQuota"] = [("UsageClient.GetQuotaAsync", c => c.Line.Usage.GetQuotaAsync())],
        ["getMessageQuotaConsumption"] = [("UsageClient.GetConsumptionAsync", c => c.Line.Usage.GetConsumptionAsync())],
        ["getNumberOfSentReplyMessages"] = [("UsageClient.GetDeliveriesAsync", c => c.Line.Usage.GetDeliveriesAsync(MessageUse.Reply, Day))],
        ["getNumberOfSentPushMessages"] = [("UsageClient.GetDeliveriesAsync", c => c.Line.Usage.GetDeliveriesAsync(MessageUse.Push, Day))],
        ["getNumberOfSentMulticastMessages"] = [("UsageClient.GetDeliveriesAsync", c => c.Line.Usage.GetDeliveriesAsync(MessageUse.Multicast, Day))],
        ["getNumberOfSentBroadcastMessages"] = [("UsageClient.GetDeliveriesAsync", c => c.Line.Usage.GetDeliveriesAsync(MessageUse.Broadcast, Day))],
        ["getPNPMessageStatistics"] = [("UsageClient.GetNotificationDeliveriesAsync", c => c.Line.Usage.GetNotificationDeliveriesAsync(Day))],
        ["getAggregationUnitUsage"] = [("UsageClient.GetAggregationUnitCountAsync", c => c.Line.Usage.GetAggregationUnitCountAsync())],
        ["getAggregationUnitNameList"] = [("UsageClient.GetAggregationUnitsAsync", c => c.Line.Usage.GetAggregationUnitsAsync("next", 30))],

        ["getProfile"] = [("UserClient.GetProfileAsync", c => c.Line.Users.GetProfileAsync(User))],
        ["getFollowers"] = [("UserClient.GetFollowersAsync", c => c.Line.Users.GetFollowersAsync("next", 500))],
        ["issueLinkToken"] = [("UserClient.IssueLinkTokenAsync", c => c.Line.Users.IssueLinkTokenAsync(User))],
        ["getGroupMemberProfile"] = [("GroupClient.GetMemberAsync", c => c.Line.Groups.GetMemberAsync(Group, User))],
        ["getRoomMemberProfile"] = [("GroupClient.GetMemberAsync", c => c.Line.Groups.GetMemberAsync(Room, User))],
        ["getGroupMembersIds"] = [("GroupClient.GetMembersAsync", c => c.Line.Groups.GetMembersAsync(Group, "next"))],
        ["getRoomMembersIds"] = [("GroupClient.GetMembersAsync", c => c.Line.Groups.GetMembersAsync(Room, "next"))],
        ["leaveGroup"] = [("GroupClient.LeaveAsync", c => c.Line.Groups.LeaveAsync(Group))],
        ["leaveRoom"] = [("GroupClient.LeaveAsync", c => c.Line.Groups.LeaveAsync(Room))],
        ["getGroupSummary"] = [("GroupClient.GetSummaryAsync", c => c.Line.Groups.GetSummaryAsync(Group))],
        ["getGroupMemberCount"] = [("GroupClient.GetMemberCountAsync", c => c.Line.Groups.GetMemberCountAsync(Group))],
        ["getRoomMemberCount"] = [("GroupClient.GetMemberCountAsync", c => c.Line.Groups.GetMemberCountAsync(Room))],

        ["createRichMenu"] = [("RichMenuClient.CreateAsync", c => c.Line.RichMenus.CreateAsync(Menu))],
        ["validateRichMenuObject"] = [("RichMenuClient.ValidateAsync", c => c.Line.RichMenus.ValidateAsync(Menu))],
        ["getRichMenuImage"] = [("RichMenuClient.OpenImageAsync", c => c.Line.RichMenus.OpenImageAsync("richmenu-1"))],
        ["setRichMenuImage"] = [("RichMenuClient.SetImageAsync", c => c.Line.RichMenus.SetImageAsync("richmenu-1", new byte[] { 1, 2, 3 }, "image/png"))],
        ["getRichMenu"] = [("RichMenuClient.GetAsync", c => c.Line.RichMenus.GetAsync("richmenu-1"))],
        ["deleteRichMenu"] = [("RichMenuClient.DeleteAsync", c => c.Line.RichMenus.DeleteAsync("richmenu-1"))],
        ["getRichMenuList"] = [("RichMenuClient.GetAllAsync", c => c.Line.RichMenus.GetAllAsync())],
        ["setDefaultRichMenu"] = [("RichMenuClient.SetDefaultAsync", c => c.Line.RichMenus.SetDefaultAsync("richmenu-1"))],
        ["getDefaultRichMenuId"] = [("RichMenuClient.GetDefaultAsync", c => c.Line.RichMenus.GetDefaultAsync())],
        ["cancelDefaultRichMenu"] = [("RichMenuClient.ClearDefaultAsync", c => c.Line.RichMenus.ClearDefaultAsync())],
        ["createRichMenuAlias"] = [("RichMenuClient.CreateAliasAsync", c => c.Line.RichMenus.CreateAliasAsync(new("menu-a", "richmenu-1")))],
        ["getRichMenuAlias"] = [("RichMenuClient.GetAliasAsync", c => c.Line.RichMenus.GetAliasAsync("menu-a"))],
        ["updateRichMenuAlias"] = [("RichMenuClient.UpdateAliasAsync", c => c.Line.RichMenus.UpdateAliasAsync(new("menu-a", "richmenu-2")))],
        ["deleteRichMenuAlias"] = [("RichMenuClient.DeleteAliasAsync", c => c.Line.RichMenus.DeleteAliasAsync("menu-a"))],
        ["getRichMenuAliasList"] = [("RichMenuClient.GetAliasesAsync", c => c.Line.RichMenus.GetAliasesAsync())],
        ["getRichMenuIdOfUser"] = [("RichMenuClient.GetOfUserAsync", c => c.Line.RichMenus.GetOfUserAsync(User))],
        ["unlinkRichMenuIdFromUser"] = [("RichMenuClient.UnlinkAsync", c => c.Line.RichMenus.UnlinkAsync(User))],
        ["linkRichMenuIdToUser"] = [("RichMenuClient.LinkAsync", c => c.Line.RichMenus.LinkAsync(User, "richmenu-1"))],
        ["linkRichMenuIdToUsers"] = [("RichMenuClient.LinkAsync", c => c.Line.RichMenus.LinkAsync([User], "richmenu-1"))],
        ["unlinkRichMenuIdFromUsers"] = [("RichMenuClient.UnlinkAsync", c => c.Line.RichMenus.UnlinkAsync([User]))],
        ["richMenuBatch"] =
        [
            ("RichMenuClient.RunBatchAsync", c => c.Line.RichMenus.RunBatchAsync(Batch)),
            ("RichMenuClient.RunBatchAsync", c => c.Line.RichMenus.RunBatchAsync(new([RichMenuOperation.UnlinkAll()]))),
        ],
        ["validateRichMenuBatchRequest"] = [("RichMenuClient.ValidateBatchAsync", c => c.Line.RichMenus.ValidateBatchAsync(Batch))],
        ["getRichMenuBatchProgress"] = [("RichMenuClient.GetBatchProgressAsync", c => c.Line.RichMenus.GetBatchProgressAsync("r-1"))],

        ["pushMessagesByPhone"] = [("NotificationClient.PushAsync", c => c.Line.Notifications.PushAsync(Hash, Text, "0123456789abcdef", isSilent: true))],

        ["getMembershipSubscription"] = [("MembershipClient.GetSubscriptionsAsync", c => c.Line.Memberships.GetSubscriptionsAsync(User))],
        ["getMembershipList"] = [("MembershipClient.GetPlansAsync", c => c.Line.Memberships.GetPlansAsync())],
        ["getJoinedMembershipUsers"] = [("MembershipClient.GetMembersAsync", c => c.Line.Memberships.GetMembersAsync(3189, "next", 500))],

        ["listCoupon"] = [("CouponClient.GetPageAsync", c => c.Line.Coupons.GetPageAsync(["DRAFT", "RUNNING"], "next", 50))],
        ["createCoupon"] =
        [
            ("CouponClient.CreateAsync", c => c.Line.Coupons.CreateAsync(Coupon)),
            ("CouponClient.CreateAsync", c => c.Line.Coupons.CreateAsync(Coupon with { AcquisitionCondition = new NormalAcquisition(), Reward = new CashBackReward { PriceInfo = new FixedPrice(10) } })),
            ("CouponClient.CreateAsync", c => c.Line.Coupons.CreateAsync(Coupon with { Reward = new CashBackReward { PriceInfo = new PercentagePrice(10) } })),
            ("CouponClient.CreateAsync", c => c.Line.Coupons.CreateAsync(Coupon with { Reward = new DiscountReward { PriceInfo = new FixedPrice(10) } })),
            ("CouponClient.CreateAsync", c => c.Line.Coupons.CreateAsync(Coupon with { Reward = new DiscountReward { PriceInfo = new PercentagePrice(10) } })),
            ("CouponClient.CreateAsync", c => c.Line.Coupons.CreateAsync(Coupon with { Reward = new FreeReward() })),
            ("CouponClient.CreateAsync", c => c.Line.Coupons.CreateAsync(Coupon with { Reward = new GiftReward() })),
            ("CouponClient.CreateAsync", c => c.Line.Coupons.CreateAsync(Coupon with { Reward = new OtherReward() })),
        ],
        ["getCouponDetail"] = [("CouponClient.GetAsync", c => c.Line.Coupons.GetAsync("coupon-1"))],
        ["closeCoupon"] = [("CouponClient.CloseAsync", c => c.Line.Coupons.CloseAsync("coupon-1"))],

        ["createAudienceGroup"] = [("AudienceClient.CreateAsync", c => c.Line.Audiences.CreateAsync(AudienceUpload.Of("friends", User) with { IsIfaAudience = false, UploadDescription = "first" }))],
        ["addAudienceToAudienceGroup"] = [("AudienceClient.AddAsync", c => c.Line.Audiences.AddAsync(AudienceAddition.Of(7, User) with { UploadDescription = "second" }))],
        ["createAudienceForUploadingUserIds"] = [("AudienceClient.CreateFromFileAsync", c => c.Line.Audiences.CreateFromFileAsync("friends", File(), uploadDescription: "first"))],
        ["addUserIdsToAudience"] = [("AudienceClient.AddFromFileAsync", c => c.Line.Audiences.AddFromFileAsync(7, File(), "second"))],
        ["createClickBasedAudienceGroup"] = [("AudienceClient.CreateForClicksAsync", c => c.Line.Audiences.CreateForClicksAsync("clickers", "r-1", EveryMessage.Page))],
        ["createImpBasedAudienceGroup"] = [("AudienceClient.CreateForImpressionsAsync", c => c.Line.Audiences.CreateForImpressionsAsync("readers", "r-1"))],
        ["updateAudienceGroupDescription"] = [("AudienceClient.RenameAsync", c => c.Line.Audiences.RenameAsync(7, "others"))],
        ["deleteAudienceGroup"] = [("AudienceClient.DeleteAsync", c => c.Line.Audiences.DeleteAsync(7))],
        ["getAudienceData"] = [("AudienceClient.GetAsync", c => c.Line.Audiences.GetAsync(7))],
        ["getAudienceGroups"] = [("AudienceClient.GetPageAsync", c => c.Line.Audiences.GetPageAsync(2, new() { Description = "a", Status = "READY", Size = 40, IncludesExternalPublicGroups = false, CreateRoute = "MESSAGING_API" }))],
        ["getSharedAudienceData"] = [("AudienceClient.GetSharedAsync", c => c.Line.Audiences.GetSharedAsync(7))],
        ["getSharedAudienceGroups"] = [("AudienceClient.GetSharedPageAsync", c => c.Line.Audiences.GetSharedPageAsync(2, new() { Description = "a", Status = "READY", Size = 40, CreateRoute = "OA_MANAGER", IncludesOwnedAudienceGroups = true }))],

        ["getFriendsDemographics"] = [("InsightClient.GetDemographicsAsync", c => c.Line.Insight.GetDemographicsAsync())],
        ["getNumberOfMessageDeliveries"] = [("InsightClient.GetDeliveriesAsync", c => c.Line.Insight.GetDeliveriesAsync(Day))],
        ["getNumberOfFollowers"] = [("InsightClient.GetFollowersAsync", c => c.Line.Insight.GetFollowersAsync(Day))],
        ["getMessageEvent"] = [("InsightClient.GetMessageEventsAsync", c => c.Line.Insight.GetMessageEventsAsync("r-1"))],
        ["getStatisticsPerUnit"] = [("InsightClient.GetUnitEventsAsync", c => c.Line.Insight.GetUnitEventsAsync("unit_1", Day, LaterDay))],
        ["getRichMenuInsightSummary"] = [("InsightClient.GetRichMenuSummaryAsync", c => c.Line.Insight.GetRichMenuSummaryAsync("richmenu-1", Day, LaterDay))],
        ["getRichMenuInsightDaily"] = [("InsightClient.GetRichMenuDaysAsync", c => c.Line.Insight.GetRichMenuDaysAsync("richmenu-1", Day, LaterDay))],

        ["issueStatelessChannelToken"] =
        [
            ("ChannelTokenClient.IssueStatelessAsync", c => c.Tokens.IssueStatelessAsync(Channel, "secret")),
            ("ChannelTokenClient.IssueStatelessAsync", c => c.Tokens.IssueStatelessAsync("assertion")),
        ],
        ["getsAllValidChannelAccessTokenKeyIds"] = [("ChannelTokenClient.GetKeyIdsAsync", c => c.Tokens.GetKeyIdsAsync("assertion"))],
        ["issueChannelTokenByJWT"] = [("ChannelTokenClient.IssueAsync", c => c.Tokens.IssueAsync("assertion"))],
        ["verifyChannelTokenByJWT"] = [("ChannelTokenClient.VerifyAsync", c => c.Tokens.VerifyAsync("token"))],
        ["revokeChannelTokenByJWT"] = [("ChannelTokenClient.RevokeAsync", c => c.Tokens.RevokeAsync(Channel, "secret", "token"))],
        ["issueChannelToken"] = [("ChannelTokenClient.IssueShortLivedAsync", c => c.Tokens.IssueShortLivedAsync(Channel, "secret"))],
        ["verifyChannelToken"] = [("ChannelTokenClient.VerifyShortLivedAsync", c => c.Tokens.VerifyShortLivedAsync("token"))],
        ["revokeChannelToken"] = [("ChannelTokenClient.RevokeShortLivedAsync", c => c.Tokens.RevokeShortLivedAsync("token"))],

        ["detachModule"] = [("ModuleClient.DetachAsync", c => c.Line.Modules.DetachAsync(Bot))],
        ["acquireChatControl"] = [("ModuleClient.AcquireAsync", c => c.Line.Modules.AcquireAsync(Bot, ChatId.Of(User), TimeSpan.FromHours(1)))],
        ["releaseChatControl"] = [("ModuleClient.ReleaseAsync", c => c.Line.Modules.ReleaseAsync(Bot, ChatId.Of(User)))],
        ["getModules"] = [("ModuleClient.GetBotsAsync", c => c.Line.Modules.GetBotsAsync("next", 50))],
        ["attachModule"] = [("ModuleAttachClient.ExchangeAsync", c => c.Attach.ExchangeAsync(Attach, "code-1"))],
    };

    private static MemoryStream File() => new(Encoding.UTF8.GetBytes($"{User}\n"));

    /// <summary>All clients there are.</summary>
    internal sealed record Clients(LineClient Line, ChannelTokenClient Tokens, ModuleAttachClient Attach);
}
