using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Line;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tenancy;
using Xunit.Abstractions;

namespace ModuleGateway.Tests.Volume;

/// <summary>200 Official Accounts with 1 to 8 modules each, events by the ten thousand with hand-overs in between: everything arrives once, in its mode.</summary>
/// <remarks>MARKETPLACE_TEST_EVENTS says how many others.</remarks>
public sealed class ManyAccountsTests(GatewayHost gateway, ITestOutputHelper output) : IClassFixture<GatewayHost>
{
    private const int Accounts = 200;
    private const int Modules = 8;
    private const int ChatsPerAccount = 5;
    private const int Seed = 20_261_122;

    private static readonly int Events = int.TryParse(Environment.GetEnvironmentVariable("MARKETPLACE_TEST_EVENTS"), out var asked) ? asked : 50_000;
    private static readonly string[] AllScopes = [Scopes.MessageSend, Scopes.MessageReceive];

    private readonly ConcurrentDictionary<(string Event, int Module), TaskCompletionSource<Copy>> _awaited = new();
    private readonly string[] _secrets = [.. Enumerable.Range(0, Modules).Select(_ => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)))];
    private readonly string[] _tokens = new string[Modules];
    private int _sentAgain;

    [Fact]
    public async Task Given_200_accounts_with_1_to_8_modules_When_events_and_hand_overs_mix_Then_each_linkage_gets_every_event_once_in_the_mode_that_the_model_says()
    {
        await using var modules = await CountingModules.StartAsync(_secrets);
        modules.Arrived = copy => Await(copy.Id, copy.Module).TrySetResult(copy);
        var accounts = await SetUpAsync(modules);
        await Task.WhenAll(accounts.Select((account, i) => DriveAsync(account, new Random(Seed + i), Events / Accounts)));

        await gateway.AdvanceAsync(TimeSpan.Zero); // Everything owed has arrived.
        modules.BadSignatures.ShouldBe(0);
        var all = modules.Copies.Where(copy => copy.Type is not ("module" or "defaultActive")).ToList();

        // On a machine that is out of breath an attempt may run into its time-out though it arrived: the second copy says so, and counts as none.
        var seconds = all.GroupBy(copy => (copy.Bot, copy.Module, copy.Id)).SelectMany(same => same.Skip(1)).ToList();
        seconds.ShouldAllBe(copy => copy.IsRedelivery);
        var copies = all.DistinctBy(copy => (copy.Bot, copy.Module, copy.Id)).ToLookup(copy => (copy.Bot, copy.Module));
        var (events, owed, got, moves) = (0, 0, 0, 0);
        foreach (var account in accounts)
        {
            events += account.Sent.Count;
            foreach (var module in account.Linked)
            {
                var own = copies[(account.Bot.ToString(), module)].ToList();
                var ordinary = own.Where(copy => copy.Type is not ("activated" or "deactivated")).ToList();
                ordinary.Select(copy => copy.Id).ShouldBe(account.Sent.Select(sent => sent.Id), ignoreOrder: true, "in = out, each once");
                var active = account.Sent.ToDictionary(sent => sent.Id, sent => sent.Active);
                foreach (var copy in ordinary)
                {
                    copy.Mode.ShouldBe(active[copy.Id] == module ? "active" : "standby");
                    copy.HasReplyToken.ShouldBe(copy.Mode == "active" && copy.Type != "unfollow");
                }

                own.Count(copy => copy.Type == "activated").ShouldBe(account.Activated[module]);
                own.Count(copy => copy.Type == "deactivated").ShouldBe(account.Deactivated[module]);
                foreach (var lane in ordinary.GroupBy(copy => copy.Chat))
                    lane.Select(copy => account.PlaceOf[copy.Id]).ShouldBeInOrder(SortDirection.Ascending, "in order within a chat");
                (owed, got) = (owed + account.Sent.Count, got + ordinary.Count);
                moves += account.Activated[module];
            }
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{accounts.Count} accounts, {accounts.Sum(one => one.Linked.Count)} linkages, {events} events, {owed} copies owed, {got} arrived, {seconds.Count} of them twice, {_sentAgain} webhooks sent again after 503, {moves} gains of a chat, seed {Seed}"));
        events.ShouldBeGreaterThanOrEqualTo(Events);
    }

    private sealed class Account(BotId bot, IReadOnlyList<int> linked)
    {
        public BotId Bot { get; } = bot;

        /// <summary>Its modules; the first answers first.</summary>
        public IReadOnlyList<int> Linked { get; } = linked;

        public List<(string Id, int Active)> Sent { get; } = [];

        public Dictionary<string, int> PlaceOf { get; } = [];

        public int[] Activated { get; } = new int[Modules];

        public int[] Deactivated { get; } = new int[Modules];
    }

    /// <summary>A chat as the model has it.</summary>
    private sealed class Chat
    {
        public int? Holder { get; set; }

        /// <summary>Who acquired it last and has not released it.</summary>
        public int? AcquiredBy { get; set; }

        public string? LastEvent { get; set; }

        public Dictionary<int, string> SeenBy { get; } = [];
    }

    private TaskCompletionSource<Copy> Await(string id, int module) => _awaited.GetOrAdd((id, module), _ => new TaskCompletionSource<Copy>(TaskCreationOptions.RunContinuationsAsynchronously));

    private async Task DriveAsync(Account account, Random random, int events)
    {
        var chats = Enumerable.Range(0, ChatsPerAccount).Select(_ => new Chat()).ToArray();
        while (account.Sent.Count < events)
        {
            var i = random.Next(ChatsPerAccount);
            if (random.Next(10) > 0 || chats[i].LastEvent is null)
                await SendAsync(account, chats[i], i, random);
            else
                await HandOverAsync(account, chats[i], random);
        }

        foreach (var chat in chats)
            await SettleAsync(account, chat);
    }

    private async Task SendAsync(Account account, Chat chat, int number, Random random)
    {
        var id = Shop.NewEventId();
        var isGroup = number == ChatsPerAccount - 1;
        var one = new JsonObject
        {
            ["webhookEventId"] = id,
            ["timestamp"] = gateway.Clock.GetUtcNow().ToUnixTimeMilliseconds(),
            ["deliveryContext"] = new JsonObject { ["isRedelivery"] = false },
            ["mode"] = "active",
            ["replyToken"] = Guid.NewGuid().ToString("N"),
            ["source"] = isGroup
                ? new JsonObject { ["type"] = "group", ["groupId"] = $"C{number:x32}", ["userId"] = $"LU{random.Next():x32}-{account.Bot}" }
                : new JsonObject { ["type"] = "user", ["userId"] = $"LU{number:x32}-{account.Bot}" },
        };
        switch (random.Next(100))
        {
            case < 70:
                one["type"] = "message";
                one["message"] = new JsonObject { ["type"] = "text", ["id"] = random.NextInt64().ToString(CultureInfo.InvariantCulture), ["text"] = new string('x', random.Next(500, 1500)) };
                break;
            case < 85 when !isGroup:
                one["type"] = "follow";
                one["follow"] = new JsonObject { ["isUnblocked"] = true };
                one["timestamp"] = one["timestamp"]!.GetValue<long>() + 1; // Surely later than the hold was taken.
                EndHold(account, chat);
                break;
            default:
                one["type"] = "postback";
                one["postback"] = new JsonObject { ["data"] = $"choice={random.Next()}" };
                break;
        }

        account.PlaceOf[id] = account.Sent.Count;
        account.Sent.Add((id, chat.Holder ?? account.Linked[0]));
        chat.LastEvent = id;
        var body = new JsonObject { ["destination"] = account.Bot.ToString(), ["events"] = new JsonArray(one) }.ToJsonString();
        await PostAsLineAsync(body);
    }

    /// <summary>Whoever follows was away, though nobody heard of it: they find no hold.</summary>
    private static void EndHold(Account account, Chat chat)
    {
        if (chat.Holder is { } holder && holder != account.Linked[0])
        {
            account.Deactivated[holder]++;
            account.Activated[account.Linked[0]]++;
        }

        chat.Holder = null;
    }

    /// <summary>A gateway that is out of breath says 503, and LINE sends again: what was stored all the same is known for what it is.</summary>
    private async Task PostAsLineAsync(string body)
    {
        for (var tries = 1; ; tries++)
        {
            var status = await gateway.PostWebhookAsync(body);
            if (status == HttpStatusCode.OK)
                return;
            status.ShouldBe(HttpStatusCode.ServiceUnavailable);
            tries.ShouldBeLessThan(20, "it should have got its breath back");
            Interlocked.Increment(ref _sentAgain);
        }
    }

    /// <summary>Somebody takes the chat, or who holds it gives it back; by then the chat's events have their places in the order.</summary>
    private async Task HandOverAsync(Account account, Chat chat, Random random)
    {
        await SettleAsync(account, chat);
        var (first, active) = (account.Linked[0], chat.Holder ?? account.Linked[0]);
        if (chat.Holder is { } holder && holder != first && random.Next(2) == 0)
        {
            (await CallAsync(account, holder, $"/v2/bot/chat/{chat.SeenBy[holder]}/control/release", null)).ShouldBe(HttpStatusCode.OK);
            (chat.Holder, chat.AcquiredBy) = (null, null);
            account.Deactivated[holder]++;
            account.Activated[first]++;
            return;
        }

        var taker = account.Linked[random.Next(account.Linked.Count)];
        var status = await CallAsync(account, taker, $"/v2/bot/chat/{chat.SeenBy[taker]}/control/acquire", new { expired = false });
        if (status == HttpStatusCode.Locked && chat.AcquiredBy is not null && chat.AcquiredBy != taker)
            return; // Another took it a moment ago.

        status.ShouldBe(HttpStatusCode.OK);
        (chat.Holder, chat.AcquiredBy) = (taker, taker);
        account.Activated[taker]++;
        if (active != taker)
            account.Deactivated[active]++;
    }

    private async Task SettleAsync(Account account, Chat chat)
    {
        if (chat.LastEvent is not { } last)
            return;

        foreach (var module in account.Linked)
            chat.SeenBy[module] = (await Await(last, module).Task.WaitAsync(TimeSpan.FromMinutes(4))).Chat!;
    }

    private async Task<HttpStatusCode> CallAsync(Account account, int module, string path, object? body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _tokens[module]);
        request.Headers.TryAddWithoutValidation("X-Line-Bot-Id", account.Bot.ToString());
        if (body is not null)
            request.Content = JsonContent.Create(body);
        using var answer = await gateway.Http.SendAsync(request);
        return answer.StatusCode;
    }

    private async Task<List<Account>> SetUpAsync(CountingModules modules)
    {
        var random = new Random(Seed);
        var provider = TenantId.New();
        var protector = gateway.Services.GetRequiredService<SecretProtector>();
        var ids = Enumerable.Range(0, Modules).Select(_ => ModuleId.New()).ToArray();
        var channels = Enumerable.Range(0, Modules).Select(i => ChannelId.Parse((1_700_000_000 + i).ToString(CultureInfo.InvariantCulture), null)).ToArray();
        var accounts = Enumerable.Range(0, Accounts)
            .Select(i => new Account(BotId.FromBits((UInt128)(i + 1) << 64), [.. Enumerable.Range(0, Modules).OrderBy(_ => random.Next()).Take(1 + (i % Modules))])).ToList();
        await gateway.WithRegistryAsync(db =>
        {
            db.Organisations.Add(new Organisation { Id = provider, Slug = "provider", Name = "A provider", Country = "TW", CreatedAt = gateway.Clock.GetUtcNow() });
            for (var i = 0; i < Modules; i++)
            {
                db.Modules.Add(new Module
                {
                    Id = ids[i], TenantId = provider, Name = $"Module {i}", Role = ModuleRole.AnswersFirst, ChannelId = channels[i], ProtectedSecret = protector.Protect(_secrets[i]),
                    WebhookUrl = modules.UrlOf(i), RequiredScopes = AllScopes, OptionalScopes = [],
                });
            }

            foreach (var account in accounts)
                Add(db, account, provider, ids);
        });
        foreach (var account in accounts)
        {
            var attached = new JsonObject
            {
                ["type"] = "module", ["mode"] = "active", ["webhookEventId"] = Shop.NewEventId(), ["timestamp"] = gateway.Clock.GetUtcNow().ToUnixTimeMilliseconds(),
                ["deliveryContext"] = new JsonObject { ["isRedelivery"] = false },
                ["module"] = new JsonObject { ["type"] = "attached", ["botId"] = account.Bot.ToString(), ["scopes"] = new JsonArray([.. AllScopes.Select(scope => JsonValue.Create(scope))]) },
            };
            (await gateway.PostWebhookAsync(new JsonObject { ["destination"] = account.Bot.ToString(), ["events"] = new JsonArray(attached) }.ToJsonString())).ShouldBe(HttpStatusCode.OK);
        }

        for (var i = 0; i < Modules; i++)
            _tokens[i] = await TokenAsync(channels[i], _secrets[i]);
        await gateway.RouteAsync();
        return accounts;
    }

    private void Add(RegistryDb db, Account account, TenantId tenant, ModuleId[] modules)
    {
        var row = new OfficialAccount { Id = OfficialAccountId.New(), TenantId = tenant, BotId = account.Bot, DisplayName = "A shop", BasicId = "@shop", ClaimedAt = gateway.Clock.GetUtcNow() };
        db.OfficialAccounts.Add(row);
        foreach (var module in account.Linked)
        {
            var linkage = new Linkage
            {
                Id = LinkageId.New(), TenantId = tenant, OfficialAccountId = row.Id, BotId = account.Bot, ModuleId = modules[module], State = LinkageState.On, Scopes = AllScopes,
                CreatedAt = gateway.Clock.GetUtcNow(),
            };
            db.Linkages.Add(linkage);
            if (module == account.Linked[0])
                row.DefaultLinkageId = linkage.Id;
        }
    }

    private async Task<string> TokenAsync(ChannelId channel, string secret)
    {
        using var answer = await gateway.Http.PostAsync("/oauth2/v3/token", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials", ["client_id"] = channel.ToString(), ["client_secret"] = secret,
        }));
        answer.EnsureSuccessStatusCode();
        return (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["access_token"]!;
    }
}
