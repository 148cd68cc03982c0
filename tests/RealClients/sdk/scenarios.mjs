// One scenario for each operation of LINE's SDK, in an order in which each finds what it needs: [name, (stage, call) => …]. `call` is the operation itself.
import { createSign, randomUUID } from "node:crypto";
import { equal, ok, match } from "node:assert/strict";
import { menuPicture } from "./pictures.mjs";

const text = (words) => ({ type: "text", text: words });
const day = (at) => at.toISOString().slice(0, 10).replaceAll("-", "");
const today = day(new Date());
const yesterday = day(new Date(Date.now() - 24 * 3600 * 1000));
const menu = (name, alias) => ({
  size: { width: 2500, height: 843 }, selected: true, name, chatBarText: "Menu",
  areas: [
    { bounds: { x: 0, y: 0, width: 1250, height: 843 }, action: { type: "postback", label: "Book", data: "book=1", displayText: "I would like to book" } },
    { bounds: { x: 1250, y: 0, width: 1250, height: 843 }, action: alias ? { type: "richmenuswitch", label: "More", richMenuAliasId: alias, data: "more=1" } : { type: "uri", label: "Shop", uri: "https://shop.example/" } },
  ],
});

/** Every kind of message, so that the descriptions are held against each, nested parts included. */
const allMessages = (picture, coupon) => [
  { type: "text", text: "$ hello", emojis: [{ index: 0, productId: "5ac1bfd5040ab15980c9b435", emojiId: "001" }], sender: { name: "Mei", iconUrl: picture } },
  { type: "textV2", text: "Hello {who}", substitution: { who: { type: "emoji", productId: "5ac1bfd5040ab15980c9b435", emojiId: "002" } } },
  { type: "sticker", packageId: "446", stickerId: "1988" },
  { type: "image", originalContentUrl: picture, previewImageUrl: picture },
  { type: "video", originalContentUrl: "https://media.example/a.mp4", previewImageUrl: picture, trackingId: "seen" },
  { type: "audio", originalContentUrl: "https://media.example/a.m4a", duration: 1200 },
  { type: "location", title: "The shop", address: "1 Some Road", latitude: 25.03, longitude: 121.56 },
  { type: "imagemap", baseUrl: "https://media.example/map", altText: "A map", baseSize: { width: 1040, height: 585 },
    actions: [{ type: "uri", linkUri: "https://shop.example/", area: { x: 0, y: 0, width: 520, height: 585 } }, { type: "message", text: "Right", area: { x: 520, y: 0, width: 520, height: 585 } }] },
  { type: "template", altText: "Buttons", template: { type: "buttons", text: "Which?", actions: [{ type: "postback", label: "One", data: "n=1" }, { type: "datetimepicker", label: "When", data: "when", mode: "datetime" }] } },
  { type: "template", altText: "Confirm", template: { type: "confirm", text: "Sure?", actions: [{ type: "message", label: "Yes", text: "Yes" }, { type: "message", label: "No", text: "No" }] } },
  { type: "template", altText: "Carousel", template: { type: "carousel", columns: [{ text: "A", actions: [{ type: "uri", label: "See", uri: "https://shop.example/a" }] }, { text: "B", actions: [{ type: "uri", label: "See", uri: "https://shop.example/b" }] }] } },
  { type: "template", altText: "Pictures", template: { type: "image_carousel", columns: [{ imageUrl: picture, action: { type: "uri", label: "See", uri: "https://shop.example/" } }] } },
  { type: "flex", altText: "Receipt", contents: { type: "bubble", header: { type: "box", layout: "vertical", contents: [{ type: "text", text: "Receipt", weight: "bold", size: "xl" }] },
    hero: { type: "image", url: picture, size: "full", aspectRatio: "20:13", aspectMode: "cover" },
    body: { type: "box", layout: "vertical", spacing: "md", contents: [
      { type: "box", layout: "baseline", contents: [{ type: "icon", url: picture }, { type: "text", contents: [{ type: "span", text: "Cut ", weight: "bold" }, { type: "span", text: "NT$600", color: "#06C755" }] }] },
      { type: "separator", margin: "md" }] },
    footer: { type: "box", layout: "vertical", contents: [{ type: "button", style: "primary", action: { type: "uri", label: "Pay", uri: "https://shop.example/pay" } }] } } },
  { type: "flex", altText: "Two", contents: { type: "carousel", contents: ["A", "B"].map((name) => ({ type: "bubble", size: "micro", body: { type: "box", layout: "vertical", contents: [{ type: "text", text: name, wrap: true }] } })) } },
  ...(coupon ? [{ type: "coupon", couponId: coupon }] : []),
  { type: "text", text: "Anything else?", quickReply: { items: [
    { type: "action", action: { type: "message", label: "Yes", text: "Yes" } }, { type: "action", action: { type: "camera", label: "Camera" } },
    { type: "action", action: { type: "location", label: "Where" } }, { type: "action", action: { type: "clipboard", label: "Copy", clipboardText: "CODE" } }] } },
];

const inFives = (messages) => Array.from({ length: Math.ceil(messages.length / 5) }, (_, at) => messages.slice(at * 5, at * 5 + 5));

/** A JWT as LINE asks for it, signed with the key that the developer registered. */
function assertion({ access }, more = {}) {
  const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const now = Math.floor(Date.now() / 1000);
  const head = part({ alg: "RS256", typ: "JWT", kid: access.keyId });
  const body = part({ iss: access.channelId, sub: access.channelId, aud: "https://api.line.me/", exp: now + 600, ...more });
  return `${head}.${body}.${createSign("RSA-SHA256").update(`${head}.${body}`).sign(access.privateKey, "base64url")}`;
}

const assertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

export const scenarios = [
  // Tokens.
  ["ChannelAccessTokenClient.issueStatelessChannelToken", async (s, call) => equal((await call("client_credentials", undefined, undefined, s.access.channelId, s.access.channelSecret)).token_type, "Bearer")],
  ["ChannelAccessTokenClient.issueStatelessChannelTokenByClientSecret", async (s, call) => ok((await call(s.access.channelId, s.access.channelSecret)).access_token)],
  ["ChannelAccessTokenClient.issueStatelessChannelTokenByJWTAssertion", async (s, call) => ok((await call(assertion(s))).access_token)],
  ["ChannelAccessTokenClient.issueChannelToken", async (s, call) => { s.shortLived = (await call("client_credentials", s.access.channelId, s.access.channelSecret)).access_token; ok(s.shortLived); }],
  ["ChannelAccessTokenClient.verifyChannelToken", async (s, call) => equal((await call(s.shortLived)).client_id, s.access.channelId)],
  ["ChannelAccessTokenClient.revokeChannelToken", async (s, call) => call(s.shortLived)],
  ["ChannelAccessTokenClient.issueChannelTokenByJWT", async (s, call) => { s.issued = await call("client_credentials", assertionType, assertion(s, { token_exp: 3600 })); ok(s.issued.key_id); }],
  ["ChannelAccessTokenClient.getsAllValidChannelAccessTokenKeyIds", async (s, call) => ok((await call(assertionType, assertion(s))).kids.includes(s.issued.key_id))],
  ["ChannelAccessTokenClient.verifyChannelTokenByJWT", async (s, call) => equal((await call(s.issued.access_token)).client_id, s.access.channelId)],
  ["ChannelAccessTokenClient.revokeChannelTokenByJWT", async (s, call) => call(s.access.channelId, s.access.channelSecret, s.issued.access_token)],

  // A customer writes, the module answers.
  ["MessagingApiClient.replyMessage", async (s, call) => {
    await s.phone.follow();
    await s.phone.write("hello");
    const event = await s.inbox.next("text", (one) => one.type === "message" && one.message.type === "text");
    s.user = event.source.userId;
    s.readToken = event.message.markAsReadToken;
    match(s.user, /^LU[0-9a-f]{32}-U[0-9a-f]{32}$/);
    equal((await call({ replyToken: event.replyToken, messages: [text("Hello!"), text("How may we help?")] })).sentMessages.length, 2);
  }],
  ["MessagingApiClient.pushMessage", async (s, call) => {
    const key = randomUUID();
    ok((await call({ to: s.user, messages: [text("A push")], customAggregationUnits: ["unit_a"] }, key)).sentMessages[0].id);
    for (const messages of inFives(allMessages(s.access.pictureUrl))) await s.messaging.pushMessage({ to: s.user, messages });
    await s.messaging.pushMessage({ to: s.user, messages: [text("A push")], customAggregationUnits: ["unit_a"] }, key).then(() => { throw new Error("A retry key was taken twice."); }, (error) => equal(error.status, 409));
  }],
  ["MessagingApiClient.multicast", async (s, call) => call({ to: [s.user], messages: [text("To many")] }, randomUUID())],
  ["MessagingApiClient.broadcast", async (s, call) => call({ messages: [text("To all")] }, randomUUID())],
  ["MessagingApiClient.narrowcast", async (s, call) => {
    await call({ messages: [text("To some")], limit: { max: 100, upToRemainingQuota: true } }, randomUUID());
    s.narrowcastId = (await s.messaging.narrowcastWithHttpInfo({ messages: [text("To some more")] })).httpResponse.headers.get("x-line-request-id");
  }],
  ["MessagingApiClient.getNarrowcastProgress", async (s, call) => match((await call(s.narrowcastId)).phase, /waiting|sending|succeeded|failed/)],
  ["MessagingApiClient.pushMessagesByPhone", async (s, call) => call({ to: "a".repeat(64), messages: [text("Your table is ready")] }, "tag-1")],
  ["MessagingApiClient.getPNPMessageStatistics", async (_s, call) => ok((await call(yesterday)).status)],
  ["MessagingApiClient.validateReply", async (s, call) => { for (const messages of inFives(allMessages(s.access.pictureUrl))) await call({ messages }); }],
  ["MessagingApiClient.validatePush", async (_s, call) => call({ messages: [text("a")] })],
  ["MessagingApiClient.validateMulticast", async (_s, call) => call({ messages: [text("a")] })],
  ["MessagingApiClient.validateNarrowcast", async (_s, call) => call({ messages: [text("a")] })],
  ["MessagingApiClient.validateBroadcast", async (_s, call) => call({ messages: [text("a")] })],
  ["MessagingApiClient.showLoadingAnimation", async (s, call) => call({ chatId: s.user, loadingSeconds: 5 })],
  ["MessagingApiClient.markMessagesAsRead", async (s, call) => call({ chat: { userId: s.user } })],
  ["MessagingApiClient.markMessagesAsReadByToken", async (s, call) => call({ markAsReadToken: s.readToken })],
  ["MessagingApiBlobClient.getMessageContent", async (s, call) => {
    await s.phone.sendPicture();
    s.picture = (await s.inbox.next("picture", (one) => one.message?.type === "image")).message.id;
    let bytes = 0;
    for await (const chunk of await call(s.picture)) bytes += chunk.length;
    equal(bytes, s.phone.pictureBytes);
  }],
  ["MessagingApiBlobClient.getMessageContentPreview", async (s, call) => { for await (const chunk of await call(s.picture)) ok(chunk.length > 0); }],
  ["MessagingApiBlobClient.getMessageContentTranscodingByMessageId", async (s, call) => {
    await s.phone.sendVideo();
    const video = (await s.inbox.next("video", (one) => one.message?.type === "video")).message.id;
    match((await call(video)).status, /processing|succeeded/);
  }],

  // People and groups.
  ["MessagingApiClient.getBotInfo", async (s, call) => equal((await call()).userId, s.access.botId)],
  ["MessagingApiClient.getProfile", async (s, call) => equal((await call(s.user)).userId, s.user)],
  ["MessagingApiClient.getFollowers", async (s, call) => ok((await call(undefined, 100)).userIds.includes(s.user))],
  ["MessagingApiClient.getGroupSummary", async (s, call) => {
    await s.phone.inviteToGroup();
    s.group = (await s.inbox.next("join", (one) => one.type === "join" && one.source.type === "group")).source.groupId;
    equal((await call(s.group)).groupId, s.group);
  }],
  ["MessagingApiClient.getGroupMemberCount", async (s, call) => ok((await call(s.group)).count >= 1)],
  ["MessagingApiClient.getGroupMembersIds", async (s, call) => { s.member = (await call(s.group)).memberIds[0]; match(s.member, /^LU/); }],
  ["MessagingApiClient.getGroupMemberProfile", async (s, call) => equal((await call(s.group, s.member)).userId, s.member)],
  ["MessagingApiClient.leaveGroup", async (s, call) => { await s.messaging.pushMessage({ to: s.group, messages: [text("Goodbye")] }); await call(s.group); }],
  ["MessagingApiClient.getRoomMemberCount", async (s, call) => {
    await s.phone.inviteToRoom();
    s.room = (await s.inbox.next("join", (one) => one.type === "join" && one.source.type === "room")).source.roomId;
    ok((await call(s.room)).count >= 1);
  }],
  ["MessagingApiClient.getRoomMembersIds", async (s, call) => { s.roomMember = (await call(s.room)).memberIds[0]; ok(s.roomMember); }],
  ["MessagingApiClient.getRoomMemberProfile", async (s, call) => equal((await call(s.room, s.roomMember)).userId, s.roomMember)],
  ["MessagingApiClient.leaveRoom", async (s, call) => call(s.room)],
  ["MessagingApiClient.issueLinkToken", async (s, call) => ok((await call(s.user)).linkToken)],

  // Rich menus.
  ["MessagingApiClient.validateRichMenuObject", async (_s, call) => call(menu("Checked"))],
  ["MessagingApiClient.createRichMenu", async (s, call) => {
    s.menu = (await call(menu("First", "more"))).richMenuId;
    s.second = (await s.messaging.createRichMenu(menu("Second"))).richMenuId;
    match(s.menu, /^richmenu-/);
  }],
  ["MessagingApiBlobClient.setRichMenuImage", async (s, call) => {
    await call(s.menu, menuPicture());
    await s.blobs.setRichMenuImage(s.second, menuPicture());
  }],
  ["MessagingApiBlobClient.getRichMenuImage", async (s, call) => { let bytes = 0; for await (const chunk of await call(s.menu)) bytes += chunk.length; equal(bytes, menuPicture().size); }],
  ["MessagingApiClient.getRichMenu", async (s, call) => { const got = await call(s.menu); equal(got.name, "First"); equal(got.areas[1].action.richMenuAliasId, "more"); }],
  ["MessagingApiClient.getRichMenuList", async (s, call) => ok((await call()).richmenus.some((one) => one.richMenuId === s.menu))],
  ["MessagingApiClient.createRichMenuAlias", async (s, call) => call({ richMenuAliasId: "more", richMenuId: s.second })],
  ["MessagingApiClient.getRichMenuAlias", async (s, call) => equal((await call("more")).richMenuId, s.second)],
  ["MessagingApiClient.getRichMenuAliasList", async (_s, call) => equal((await call()).aliases[0].richMenuAliasId, "more")],
  ["MessagingApiClient.updateRichMenuAlias", async (s, call) => { await call("more", { richMenuId: s.menu }); await s.messaging.updateRichMenuAlias("more", { richMenuId: s.second }); }],
  ["MessagingApiClient.setDefaultRichMenu", async (s, call) => call(s.menu)],
  ["MessagingApiClient.getDefaultRichMenuId", async (s, call) => equal((await call()).richMenuId, s.menu)],
  ["MessagingApiClient.linkRichMenuIdToUser", async (s, call) => call(s.user, s.menu)],
  ["MessagingApiClient.getRichMenuIdOfUser", async (s, call) => equal((await call(s.user)).richMenuId, s.menu)],
  ["MessagingApiClient.unlinkRichMenuIdFromUser", async (s, call) => call(s.user)],
  ["MessagingApiClient.linkRichMenuIdToUsers", async (s, call) => call({ richMenuId: s.menu, userIds: [s.user] })],
  ["MessagingApiClient.unlinkRichMenuIdFromUsers", async (s, call) => call({ userIds: [s.user] })],
  ["MessagingApiClient.validateRichMenuBatchRequest", async (s, call) => call({ operations: [{ type: "link", from: s.menu, to: s.second }] })],
  ["MessagingApiClient.richMenuBatch", async (s, call) => {
    await call({ operations: [{ type: "link", from: s.menu, to: s.second }] });
    s.batchId = (await s.messaging.richMenuBatchWithHttpInfo({ operations: [{ type: "unlinkAll" }], resumeRequestKey: "again" })).httpResponse.headers.get("x-line-request-id");
  }],
  ["MessagingApiClient.getRichMenuBatchProgress", async (s, call) => match((await call(s.batchId)).phase, /ongoing|succeeded|failed/)],
  ["MessagingApiClient.cancelDefaultRichMenu", async (_s, call) => call()],
  ["MessagingApiClient.deleteRichMenuAlias", async (_s, call) => call("more")],
  ["MessagingApiClient.deleteRichMenu", async (s, call) => call(s.second)],

  // Audiences.
  ["ManageAudienceClient.createAudienceGroup", async (s, call) => { s.audience = (await call({ description: "Regulars", audiences: [{ id: s.user }] })).audienceGroupId; ok(s.audience); }],
  ["ManageAudienceClient.addAudienceToAudienceGroup", async (s, call) => call({ audienceGroupId: s.audience, audiences: [{ id: s.user }], uploadDescription: "more" })],
  ["ManageAudienceClient.getAudienceData", async (s, call) => equal((await call(s.audience)).audienceGroup.audienceGroupId, s.audience)],
  ["ManageAudienceClient.getAudienceGroups", async (s, call) => ok((await call(1)).audienceGroups.some((one) => one.audienceGroupId === s.audience))],
  ["ManageAudienceClient.updateAudienceGroupDescription", async (s, call) => call(s.audience, { description: "Regular guests" })],
  ["ManageAudienceBlobClient.createAudienceForUploadingUserIds", async (s, call) => { s.fileAudience = (await call(new Blob([`${s.user}\n`], { type: "text/plain" }), "From a file")).audienceGroupId; ok(s.fileAudience); }],
  ["ManageAudienceBlobClient.addUserIdsToAudience", async (s, call) => call(new Blob([`${s.user}\n`], { type: "text/plain" }), s.fileAudience, "again")],
  ["ManageAudienceClient.createClickBasedAudienceGroup", async (s, call) => {
    s.broadcastId = (await s.messaging.broadcastWithHttpInfo({ messages: [{ type: "template", altText: "See", template: { type: "buttons", text: "See", actions: [{ type: "uri", label: "Shop", uri: "https://shop.example/click" }] } }] })).httpResponse.headers.get("x-line-request-id");
    ok((await call({ description: "Clicked", requestId: s.broadcastId, clickUrl: "https://shop.example/click" })).audienceGroupId);
  }],
  ["ManageAudienceClient.createImpBasedAudienceGroup", async (s, call) => ok((await call({ description: "Seen", requestId: s.broadcastId })).audienceGroupId)],
  ["ManageAudienceClient.getSharedAudienceGroups", async (_s, call) => ok(Array.isArray((await call(1)).audienceGroups))],
  ["ManageAudienceClient.getSharedAudienceData", async (s, call) => call(s.audience)],
  ["ManageAudienceClient.deleteAudienceGroup", async (s, call) => call(s.audience)],

  // Coupons.
  ["MessagingApiClient.createCoupon", async (s, call) => {
    const now = Math.floor(Date.now() / 1000);
    s.coupon = (await call({ title: "Ten percent", timezone: "ASIA_TAIPEI", visibility: "UNLISTED", startTimestamp: now - 60, endTimestamp: now + 86400, maxUseCountPerTicket: 1,
      acquisitionCondition: { type: "normal" }, reward: { type: "discount", priceInfo: { type: "percentage", percentage: 10 } } })).couponId;
    await s.messaging.pushMessage({ to: s.user, messages: [{ type: "coupon", couponId: s.coupon }] });
  }],
  ["MessagingApiClient.getCouponDetail", async (s, call) => equal((await call(s.coupon)).title, "Ten percent")],
  ["MessagingApiClient.listCoupon", async (s, call) => ok((await call(new Set(["RUNNING"]), undefined, 10)).items.some((one) => one.couponId === s.coupon))],
  ["MessagingApiClient.closeCoupon", async (s, call) => call(s.coupon)],

  // Figures.
  ["MessagingApiClient.getMessageQuota", async (_s, call) => match((await call()).type, /limited|none/)],
  ["MessagingApiClient.getMessageQuotaConsumption", async (_s, call) => ok((await call()).totalUsage >= 0)],
  ["MessagingApiClient.getNumberOfSentReplyMessages", async (_s, call) => ok((await call(yesterday)).status)],
  ["MessagingApiClient.getNumberOfSentPushMessages", async (_s, call) => ok((await call(yesterday)).status)],
  ["MessagingApiClient.getNumberOfSentMulticastMessages", async (_s, call) => ok((await call(yesterday)).status)],
  ["MessagingApiClient.getNumberOfSentBroadcastMessages", async (_s, call) => ok((await call(yesterday)).status)],
  ["MessagingApiClient.getAggregationUnitUsage", async (_s, call) => ok((await call()).numOfCustomAggregationUnits >= 1)],
  ["MessagingApiClient.getAggregationUnitNameList", async (_s, call) => ok((await call("100")).customAggregationUnits.includes("unit_a"))],
  ["InsightClient.getNumberOfMessageDeliveries", async (_s, call) => ok((await call(yesterday)).status)],
  ["InsightClient.getNumberOfFollowers", async (_s, call) => ok((await call(yesterday)).status)],
  ["InsightClient.getFriendsDemographics", async (_s, call) => equal(typeof (await call()).available, "boolean")],
  ["InsightClient.getMessageEvent", async (s, call) => equal((await call(s.broadcastId)).overview.requestId, s.broadcastId)],
  ["InsightClient.getStatisticsPerUnit", async (_s, call) => ok((await call("unit_a", today, today)).overview)],

  // What LINE has and modules do not.
  ["MessagingApiClient.getMembershipList", async (_s, call) => call()],
  ["MessagingApiClient.getMembershipSubscription", async (s, call) => call(s.user)],
  ["MessagingApiClient.getJoinedMembershipUsers", async (_s, call) => call(1)],
  ["LiffClient.getAllLIFFApps", async (_s, call) => call()],
  ["LiffClient.addLIFFApp", async (_s, call) => call({ view: { type: "full", url: "https://shop.example/" } })],
  ["LiffClient.updateLIFFApp", async (_s, call) => call("1-a", { view: { type: "full", url: "https://shop.example/" } })],
  ["LiffClient.deleteLIFFApp", async (_s, call) => call("1-a")],
  ["ShopClient.missionStickerV3", async (s, call) => call({ to: s.user, productId: "1", productType: "STICKER", sendPresentMessage: false })],
  ["LineModuleAttachClient.attachModule", async (s, call) => call("authorization_code", "code", "https://partner.example/back", undefined, s.access.channelId, s.access.channelSecret)],

  // The module's own address, and control; what ends the module's work comes last.
  ["MessagingApiClient.getWebhookEndpoint", async (s, call) => equal((await call()).endpoint, s.access.webhookUrl)],
  ["MessagingApiClient.testWebhookEndpoint", async (_s, call) => equal((await call()).success, true)],
  ["MessagingApiClient.setWebhookEndpoint", async (s, call) => call({ endpoint: s.access.webhookUrl })],
  ["LineModuleClient.getModules", async (s, call) => equal((await call(undefined, 100)).bots[0].userId, s.access.botId)],
  ["LineModuleClient.acquireChatControl", async (s, call) => {
    await call(s.user, { expired: true, ttl: 60 });
    ok((await s.inbox.next("activated", (one) => one.type === "activated")).chatControl.expireAt > Date.now());
  }],
  ["LineModuleClient.releaseChatControl", async (s, call) => call(s.user)],
  ["LineModuleClient.detachModule", async (s, call) => {
    await call({ botId: s.access.botId });
    await s.inbox.next("detached", (one) => one.type === "module" && one.module.type === "detached");
  }],
];
