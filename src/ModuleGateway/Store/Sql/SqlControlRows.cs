using System.Data.Common;
using System.Text.Json;
using Line;
using ModuleGateway.Control;
using ModuleGateway.Linkages;
using Tenancy;

namespace ModuleGateway.Store.Sql;

/// <summary>What control reads and writes. A row that a work has read or written is not asked for again: one decision looks at the same few rows many times.</summary>
internal sealed class SqlControlRows(SqlSession session) : IControlRows
{
    private const string AccountColumns = "bot, channel, connection, scopes, default_linkage, last_epoch, default_epoch, attached_at, test_codes, connection_at, unlinked_since";
    private const string LinkageColumns = "id, bot, module, state, scopes, sealed_salt, key_version, id_generation, expires_silently, left_as, messages_per_month_max";
    private const string ChatColumns =
        "bot, chat, holder_kind, holder, expires_at, epoch, line_side, line_side_at, acquired_by, acquired_at, reserved_by, reservation, reserved_until, "
        + "errand, errand_due_at, errand_attempts, moved_at_line_at, released_for_want_of_default, test_of, held_since, default_epoch_passed";

    /// <summary>A chat that does not simply follow who answers first, and whose hold has not run out at $2. Written as the index is.</summary>
    private const string IsOpen = $"{IsListed} AND (expires_at IS NULL OR expires_at > $2)";

    private const string IsListed = "(holder_kind > 0 OR (line_side = 2 AND released_for_want_of_default = 0))";

    private const string UpdateHold =
        "UPDATE chat SET holder_kind = $3, holder = $4, expires_at = $5, epoch = $6, acquired_by = $7, acquired_at = $8, held_since = $9, default_epoch_passed = $10 WHERE bot = $1 AND chat = $2";

    private static readonly string UpsertAccount = SqlText.Upsert("account", "bot", AccountColumns);
    private static readonly string UpsertLinkage = SqlText.Upsert("linkage", "id", LinkageColumns);
    private static readonly string UpsertChat = SqlText.Upsert("chat", "bot, chat", ChatColumns);

    private readonly Dictionary<BotId, AccountRow?> _accounts = [];
    private readonly Dictionary<LinkageId, LinkageRow?> _linkages = [];
    private readonly Dictionary<BotId, IReadOnlyList<LinkageRow>> _linkagesOf = [];
    private readonly Dictionary<ChatKey, ChatRow?> _chats = [];
    private readonly Dictionary<(BotId Bot, IdKind Kind, UInt128 Bits), KnownId?> _known = [];

    public long RegistryRevision
    {
        get
        {
            session.TakeRegistry();
            return session.Number("SELECT value FROM progress WHERE name = 'registry'") ?? 0;
        }

        set => session.Execute("INSERT INTO progress (name, value) VALUES ('registry', $1) ON CONFLICT (name) DO UPDATE SET value = excluded.value", value);
    }

    public long IdsRevision => session.Number("SELECT value FROM progress WHERE name = 'ids'") ?? 0;

    public void RaiseIdsRevision() => session.Execute("INSERT INTO progress (name, value) VALUES ('ids', 1) ON CONFLICT (name) DO UPDATE SET value = progress.value + 1");

    public int Kept => _accounts.Count + _linkages.Count + _linkagesOf.Count + _chats.Count + _known.Count;

    /// <summary>Forgets what an earlier work read; what this one read before it had its bot is forgotten too.</summary>
    public void Forget()
    {
        _accounts.Clear();
        _linkages.Clear();
        _linkagesOf.Clear();
        _chats.Clear();
        _known.Clear();
    }

    public AccountRow? Account(BotId bot)
    {
        if (session.TakeBot(bot))
            Forget();
        if (!_accounts.TryGetValue(bot, out var account))
            _accounts[bot] = account = session.First($"SELECT {AccountColumns} FROM account WHERE bot = $1", ReadAccount, bot.ToBlob());
        return account;
    }

    public IReadOnlyList<AccountRow> Accounts() => session.Query($"SELECT {AccountColumns} FROM account", ReadAccount);

    public void Put(AccountRow account)
    {
        session.Needs(account.Bot);
        var before = _accounts.GetValueOrDefault(account.Bot);
        _accounts[account.Bot] = account;
        if (before is not null && account with { LastEpoch = before.LastEpoch } == before)
        {
            session.Execute("UPDATE account SET last_epoch = $2 WHERE bot = $1", account.Bot.ToBlob(), account.LastEpoch); // Each move of control writes this, and seldom anything else.
            return;
        }

        session.Execute(
            UpsertAccount,
            account.Bot.ToBlob(), account.Channel.ToString(), (int)account.Connection, account.Scopes.ToJson(), account.DefaultLinkage?.Value.ToBlob(),
            account.LastEpoch, account.DefaultEpoch, account.AttachedAt.ToMillis(), JsonSerializer.Serialize(account.TestCodes),
            account.ConnectionAt.ToMillis(), account.UnlinkedSince.ToMillis());
    }

    public IReadOnlyList<AccountRow> Unlinked(DateTimeOffset until, int max) => session.Query(
        $"SELECT {AccountColumns} FROM account WHERE unlinked_since IS NOT NULL AND unlinked_since <= $1 ORDER BY unlinked_since LIMIT $2", ReadAccount, until.ToMillis(), max);

    public LinkageRow? Linkage(LinkageId linkage)
    {
        if (!_linkages.TryGetValue(linkage, out var row))
            _linkages[linkage] = row = session.First($"SELECT {LinkageColumns} FROM linkage WHERE id = $1", ReadLinkage, linkage.Value.ToBlob());
        return row;
    }

    public IReadOnlyList<LinkageRow> LinkagesOf(BotId bot)
    {
        if (!_linkagesOf.TryGetValue(bot, out var rows))
        {
            _linkagesOf[bot] = rows = session.Query($"SELECT {LinkageColumns} FROM linkage WHERE bot = $1 ORDER BY id", ReadLinkage, bot.ToBlob());
            foreach (var row in rows)
                _linkages[row.Id] = row;
        }

        return rows;
    }

    public IReadOnlyList<LinkageRow> LinkagesOf(ModuleId module) => session.Query($"SELECT {LinkageColumns} FROM linkage WHERE module = $1 ORDER BY bot, id", ReadLinkage, module.Value.ToBlob());

    public IReadOnlyList<LinkageRow> Linkages() => session.Query($"SELECT {LinkageColumns} FROM linkage", ReadLinkage);

    public void Put(LinkageRow linkage)
    {
        session.Needs(linkage.Bot);
        _linkages[linkage.Id] = linkage;
        _linkagesOf.Remove(linkage.Bot);
        session.Execute(
            UpsertLinkage,
            linkage.Id.Value.ToBlob(), linkage.Bot.ToBlob(), linkage.Module.Value.ToBlob(), (int)linkage.State, linkage.Scopes.ToJson(), linkage.SealedSalt,
            (int)linkage.KeyVersion, linkage.IdGeneration, linkage.ExpiresSilently ? 1 : 0, (int?)linkage.LeftAs, linkage.MessagesPerMonthMax);
    }

    public ChatRow? Chat(ChatKey chat)
    {
        if (!_chats.TryGetValue(chat, out var row))
            _chats[chat] = row = session.First($"SELECT {ChatColumns} FROM chat WHERE bot = $1 AND chat = $2", ReadChat, chat.Bot.ToBlob(), chat.ToBlob());
        return row;
    }

    public void Put(ChatRow chat)
    {
        session.Needs(chat.Key.Bot);
        var before = _chats.GetValueOrDefault(chat.Key);
        _chats[chat.Key] = chat;
        if (before is not null && chat.HeldAs(before) == before)
        {
            session.Execute(
                UpdateHold, chat.Key.Bot.ToBlob(), chat.Key.ToBlob(), (int)chat.HolderKind, chat.Holder?.Value.ToBlob(), chat.ExpiresAt.ToMillis(), chat.Epoch,
                chat.AcquiredBy?.Value.ToBlob(), chat.AcquiredAt.ToMillis(), chat.HeldSince.ToMillis(), chat.DefaultEpochPassed);
            return;
        }

        session.Execute(
            UpsertChat,
            chat.Key.Bot.ToBlob(), chat.Key.ToBlob(), (int)chat.HolderKind, chat.Holder?.Value.ToBlob(), chat.ExpiresAt.ToMillis(), chat.Epoch,
            (int)chat.LineSide, chat.LineSideAt.ToMillis(), chat.AcquiredBy?.Value.ToBlob(), chat.AcquiredAt.ToMillis(),
            chat.Reservation?.By.Value.ToBlob(), chat.Reservation?.Request.ToBlob(), chat.Reservation?.Until.ToMillis(),
            (int?)chat.Errand?.Kind, chat.Errand?.DueAt.ToMillis(), chat.Errand?.Attempts ?? 0, chat.MovedAtLineAt.ToMillis(), chat.ReleasedForWantOfDefault ? 1 : 0,
            chat.TestOf?.Value.ToBlob(), chat.HeldSince.ToMillis(), chat.DefaultEpochPassed);
    }

    public IReadOnlyList<ChatKey> Expired(DateTimeOffset now, int max) => session.Query(
        "SELECT bot, chat FROM chat WHERE expires_at IS NOT NULL AND expires_at <= $1 ORDER BY expires_at LIMIT $2", row => row.Chat(0, 1), now.ToMillis(), max);

    public DateTimeOffset? NextExpiry() =>
        session.Number("SELECT min(expires_at) FROM chat WHERE expires_at IS NOT NULL") is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;

    public IReadOnlyList<ChatRow> ErrandsDue(DateTimeOffset now, int max) => session.Query(
        $"SELECT {ChatColumns} FROM chat WHERE errand IS NOT NULL AND errand_due_at <= $1 ORDER BY errand_due_at LIMIT $2", ReadChat, now.ToMillis(), max);

    public IReadOnlyList<ChatRow> Held(BotId bot, int max) => session.Query(
        $"""
        SELECT {ChatColumns} FROM chat WHERE bot = $1 AND holder_kind > 0 AND {IsListed}
        UNION ALL SELECT {ChatColumns} FROM chat WHERE bot = $1 AND test_of IS NOT NULL AND holder_kind = 0
        LIMIT $2
        """,
        ReadChat, bot.ToBlob(), max);

    public IReadOnlyList<OpenCount> CountOpen(BotId bot, DateTimeOffset now, DateTimeOffset soon) => session.Query(
        $"SELECT CASE WHEN line_side <> 2 THEN holder END, count(*), count(CASE WHEN expires_at <= $3 THEN 1 END) FROM chat WHERE bot = $1 AND {IsOpen} GROUP BY 1 ORDER BY 2 DESC",
        row => new OpenCount(row.GuidOrNull(0) is { } with ? new LinkageId(with) : null, row.GetInt64(1), row.GetInt64(2)), bot.ToBlob(), now.ToMillis(), soon.ToMillis());

    public IReadOnlyList<ChatRow> Open(BotId bot, DateTimeOffset now, int max) => session.Query(
        $"SELECT {ChatColumns} FROM chat WHERE bot = $1 AND {IsOpen} ORDER BY coalesce(held_since, 0) DESC, chat LIMIT $3", ReadChat, bot.ToBlob(), now.ToMillis(), max);

    public IReadOnlyList<ChatRow> OpenWith(BotId bot, LinkageId? with, DateTimeOffset now, int max) => with is { } linkage
        ? session.Query($"SELECT {ChatColumns} FROM chat WHERE bot = $1 AND {IsOpen} AND holder = $3 AND line_side <> 2 LIMIT $4", ReadChat, bot.ToBlob(), now.ToMillis(), linkage.Value.ToBlob(), max)
        : session.Query($"SELECT {ChatColumns} FROM chat WHERE bot = $1 AND {IsOpen} AND (holder IS NULL OR line_side = 2) ORDER BY line_side LIMIT $3", ReadChat, bot.ToBlob(), now.ToMillis(), max);

    public IReadOnlyList<ChatRow> TestChats(LinkageId linkage) => session.Query($"SELECT {ChatColumns} FROM chat WHERE test_of = $1", ReadChat, linkage.Value.ToBlob());

    public void Meet(BotId bot, UpstreamId id)
    {
        session.Needs(bot);
        if (_known.GetValueOrDefault((bot, id.Kind, id.Bits)) is not null)
            return;

        _known.Remove((bot, id.Kind, id.Bits));
        session.Execute(
            "INSERT INTO known_id (bot, id, odd_text, presence) VALUES ($1, $2, $3, 0) ON CONFLICT DO NOTHING", bot.ToBlob(), SqlValues.KindBlob(id.Kind, id.Bits), id.OddText);
    }

    public KnownId? Known(BotId bot, IdKind kind, UInt128 bits)
    {
        if (!_known.TryGetValue((bot, kind, bits), out var known))
        {
            _known[(bot, kind, bits)] = known = session.First(
                "SELECT odd_text, presence FROM known_id WHERE bot = $1 AND id = $2", row => new KnownId(new UpstreamId(kind, bits, row.Text(0)), (Presence)row.GetInt64(1)),
                bot.ToBlob(), SqlValues.KindBlob(kind, bits));
        }

        return known;
    }

    public void Put(BotId bot, KnownId known)
    {
        session.Needs(bot);
        _known.Remove((bot, known.Id.Kind, known.Id.Bits));
        session.Execute(
            "UPDATE known_id SET presence = $3 WHERE bot = $1 AND id = $2", bot.ToBlob(), SqlValues.KindBlob(known.Id.Kind, known.Id.Bits), (int)known.Presence);
    }

    private static AccountRow ReadAccount(DbDataReader row) => new(
        row.Bot(0), ChannelId.Parse(row.GetString(1), null), (ConnectionState)row.GetInt64(2), row.List(3), row.GuidOrNull(4) is { } id ? new LinkageId(id) : null,
        row.GetInt64(5), row.GetInt64(6), row.At(7))
    {
        TestCodes = row.GetString(8) is var codes && codes != "[]" ? JsonSerializer.Deserialize<TestCode[]>(codes)! : [], // Nearly always none, on the path of every event.
        ConnectionAt = row.AtOrNull(9),
        UnlinkedSince = row.AtOrNull(10),
    };

    private static LinkageRow ReadLinkage(DbDataReader row) => new(
        new LinkageId(row.Guid(0)), row.Bot(1), new ModuleId(row.Guid(2)), (LinkageState)row.GetInt64(3), row.List(4), row.IsDBNull(5) ? null : row.GetFieldValue<byte[]>(5))
    {
        KeyVersion = (byte)row.GetInt64(6),
        IdGeneration = (int)row.GetInt64(7),
        ExpiresSilently = row.GetInt64(8) == 1,
        LeftAs = row.IsDBNull(9) ? null : (LinkageState)row.GetInt64(9),
        MessagesPerMonthMax = row.IsDBNull(10) ? null : (int)row.GetInt64(10),
    };

    private static ChatRow ReadChat(DbDataReader row) => new(
        row.Chat(0, 1), (HolderKind)row.GetInt64(2), row.GuidOrNull(3) is { } holder ? new LinkageId(holder) : null, row.AtOrNull(4), row.GetInt64(5),
        (LineSide)row.GetInt64(6), row.AtOrNull(7), row.GuidOrNull(8) is { } by ? new LinkageId(by) : null, row.AtOrNull(9))
    {
        Reservation = row.GuidOrNull(10) is { } reserver ? new Reservation(new LinkageId(reserver), row.Guid(11), row.At(12)) : null,
        Errand = row.IsDBNull(13) ? null : new LineErrand((ErrandKind)row.GetInt64(13), row.At(14), (int)row.GetInt64(15)),
        MovedAtLineAt = row.AtOrNull(16),
        ReleasedForWantOfDefault = row.GetInt64(17) == 1,
        TestOf = row.GuidOrNull(18) is { } tried ? new LinkageId(tried) : null,
        HeldSince = row.AtOrNull(19),
        DefaultEpochPassed = row.GetInt64(20),
    };
}
