using System.Net;
using Line;
using Microsoft.Extensions.DependencyInjection;
using ModuleGateway.Control;
using ModuleGateway.Linkages;
using ModuleGateway.Store;
using Tenancy;

namespace ModuleGateway.Tests.Control;

/// <summary>The one rule on who may make which call, on the rows that decide it.</summary>
public sealed class AdmissionTests(GatewayHost gateway) : IClassFixture<GatewayHost>
{
    private static readonly CallRule Speaks = new(Scopes.MessageSend, Standing.ActiveInChat);
    private static readonly CallRule Pushes = Speaks with { OnStandbyBy = Scopes.MessageNotify };
    private static readonly CallRule Broadcasts = new(Scopes.MessageSend, Standing.DefaultActive);
    private static readonly CallRule Takes = new(Scopes.MessageReceive, Standing.CanHold);
    private static readonly CallRule Reads = new(Scopes.ProfileRead, Standing.Attached);

    [Fact]
    public async Task Given_the_active_module_of_a_chat_When_it_speaks_Then_it_is_admitted_and_nobody_else_is()
    {
        (await AnswerAsync(new Case { HolderIsCaller = true }, Speaks)).ShouldBe(AdmissionAnswer.Admitted);
        (await AnswerAsync(new Case { CallerIsDefault = true }, Speaks)).ShouldBe(AdmissionAnswer.Admitted);
        (await AnswerAsync(new Case { CallerIsDefault = true, OtherHolds = true }, Speaks)).ShouldBe(AdmissionAnswer.Standby);
        (await AnswerAsync(new Case(), Speaks)).ShouldBe(AdmissionAnswer.Standby);
        (await AnswerAsync(new Case { CallerIsDefault = true, IsStandbyAtLine = true }, Speaks)).ShouldBe(AdmissionAnswer.Standby);
    }

    [Fact]
    public async Task Given_a_call_for_the_whole_account_When_the_module_holds_a_chat_without_answering_first_Then_it_is_on_standby()
    {
        (await AnswerAsync(new Case { HolderIsCaller = true }, Broadcasts)).ShouldBe(AdmissionAnswer.Standby);
        (await AnswerAsync(new Case { CallerIsDefault = true, OtherHolds = true }, Broadcasts)).ShouldBe(AdmissionAnswer.Admitted);
        (await AnswerAsync(new Case { CallerIsDefault = true, State = LinkageState.InSetUp }, Broadcasts)).ShouldBe(AdmissionAnswer.Standby);
    }

    [Fact]
    public async Task Given_a_linkage_in_set_up_When_it_calls_Then_it_may_only_listen_and_look()
    {
        var inSetUp = new Case { CallerIsDefault = true, HolderIsCaller = true, State = LinkageState.InSetUp };
        (await AnswerAsync(inSetUp, Reads)).ShouldBe(AdmissionAnswer.Admitted);
        (await AnswerAsync(inSetUp, Takes)).ShouldBe(AdmissionAnswer.Standby);
        (await AnswerAsync(inSetUp, Speaks)).ShouldBe(AdmissionAnswer.Standby);
    }

    [Theory]
    [InlineData(LinkageState.Paused)]
    [InlineData(LinkageState.Suspended)]
    [InlineData(LinkageState.Ended)]
    public async Task Given_a_linkage_that_is_not_on_When_it_calls_anything_Then_it_has_no_access(LinkageState state)
    {
        foreach (var rule in new[] { Speaks, Pushes, Broadcasts, Takes, Reads })
            (await AnswerAsync(new Case { CallerIsDefault = true, HolderIsCaller = true, State = state }, rule)).ShouldBe(AdmissionAnswer.NoAccess);
    }

    [Fact]
    public async Task Given_a_scope_that_the_owner_or_LINE_did_not_grant_When_a_call_needs_it_Then_there_is_no_access()
    {
        (await AnswerAsync(new Case { HolderIsCaller = true, LinkageScopes = [Scopes.MessageReceive] }, Speaks)).ShouldBe(AdmissionAnswer.NoAccess);
        (await AnswerAsync(new Case { HolderIsCaller = true, AccountScopes = [Scopes.MessageReceive] }, Speaks)).ShouldBe(AdmissionAnswer.NoAccess);
        (await AnswerAsync(new Case { HolderIsCaller = true, Connection = ConnectionState.Suspended }, Speaks)).ShouldBe(AdmissionAnswer.NoAccess);
    }

    [Fact]
    public async Task Given_the_owners_leave_to_push_on_standby_When_a_module_pushes_Then_it_is_admitted_but_never_for_anything_else()
    {
        var granted = new Case { OtherHolds = true, LinkageScopes = [Scopes.MessageSend, Scopes.MessageReceive, Scopes.MessageNotify] };
        (await AnswerAsync(granted, Pushes)).ShouldBe(AdmissionAnswer.Admitted);
        (await AnswerAsync(granted, Speaks)).ShouldBe(AdmissionAnswer.Standby);
        (await AnswerAsync(granted with { State = LinkageState.InSetUp }, Pushes)).ShouldBe(AdmissionAnswer.Standby);
        (await AnswerAsync(new Case { OtherHolds = true }, Pushes)).ShouldBe(AdmissionAnswer.Standby);
    }

    [Fact]
    public async Task Given_the_owners_leave_to_push_on_standby_When_a_module_calls_Then_the_push_goes_out_and_the_loading_indicator_does_not()
    {
        var shop = await gateway.NewShopAsync();
        await shop.LinkAsync(answersFirst: true);
        var reminders = await shop.LinkAsync(scopes: [Scopes.MessageSend, Scopes.MessageReceive, Scopes.MessageNotify]);
        await shop.WriteAsync("alice", "hello");
        var alice = (string)(await reminders.Module.NextAsync("message"))["source"]!["userId"]!;

        (await reminders.PushAsync(alice, "your table is at eight")).Status.ShouldBe(HttpStatusCode.OK);
        (await reminders.CallAsync(HttpMethod.Post, "/v2/bot/chat/loading/start", new { chatId = alice })).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    private async Task<AdmissionAnswer> AnswerAsync(Case given, CallRule rule)
    {
        var bot = BotId.FromBits(new UInt128((ulong)Random.Shared.NextInt64(), (ulong)Random.Shared.NextInt64() | 1));
        var (caller, other) = (LinkageId.New(), LinkageId.New());
        var chat = new ChatKey(bot, IdKind.User, 7);
        var now = gateway.Clock.GetUtcNow();
        return await gateway.Services.GetRequiredService<IGatewayStore>().WriteAsync(tx =>
        {
            _ = tx.Control.Account(bot);
            tx.Control.Put(new AccountRow(bot, ChannelId.Parse(GatewayHost.ModuleChannelId, null), given.Connection, given.AccountScopes, given.CallerIsDefault ? caller : null, 1, 1, now));
            tx.Control.Put(new LinkageRow(caller, bot, ModuleId.New(), given.State, given.LinkageScopes, null));
            tx.Control.Put(new LinkageRow(other, bot, ModuleId.New(), LinkageState.On, Scopes.Base, null));
            var free = ChatRow.Fresh(chat) with { LineSide = given.IsStandbyAtLine ? LineSide.Standby : LineSide.Active };
            if (given.HolderIsCaller || given.OtherHolds)
                free = free with { HolderKind = HolderKind.Linkage, Holder = given.HolderIsCaller ? caller : other };
            tx.Control.Put(free);

            var admission = gateway.Services.GetRequiredService<Admission>();
            return admission.Admit(tx, bot, caller, rule, rule.Standing == Standing.ActiveInChat ? chat : null).Answer;
        });
    }

    private sealed record Case
    {
        public LinkageState State { get; init; } = LinkageState.On;

        public ConnectionState Connection { get; init; } = ConnectionState.Attached;

        public IReadOnlyList<string> LinkageScopes { get; init; } = Scopes.Base;

        public IReadOnlyList<string> AccountScopes { get; init; } = Scopes.Base;

        public bool CallerIsDefault { get; init; }

        public bool HolderIsCaller { get; init; }

        public bool OtherHolds { get; init; }

        public bool IsStandbyAtLine { get; init; }
    }
}
