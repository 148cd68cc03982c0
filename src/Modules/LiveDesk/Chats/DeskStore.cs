using Line;
using Microsoft.Data.Sqlite;
using Modules.Kit;

namespace LiveDesk;

/// <summary>Accounts, chats and messages in the module's own database. Thread-safe.</summary>
internal sealed class DeskStore
{
    private const int MessagesShown = 200; // Of one chat, the latest ones.
    private const int ChatsShown = 200;

    private const string ChatColumns =
        """
        c.Id, c.Bot, c.Kind, c.Chat, a.State, c.Name, c.PictureUrl, c.HeldSince, c.HoldEndsAt, c.RenewedAt, c.ControlAt, c.LastText, c.LastAt, c.UnreadCount
        FROM Chat AS c JOIN Account AS a ON a.Bot = c.Bot
        """;

    private readonly ModuleStore _store;
    private readonly TimeProvider _clock;

    public DeskStore(ModuleStore store, TimeProvider clock)
    {
        _store = store;
        _clock = clock;
        store.Run(
            """
            CREATE TABLE IF NOT EXISTS Account (Bot TEXT PRIMARY KEY, State INTEGER NOT NULL DEFAULT 0);
            CREATE TABLE IF NOT EXISTS Chat (
                Id INTEGER PRIMARY KEY AUTOINCREMENT, Bot TEXT NOT NULL REFERENCES Account (Bot), Kind INTEGER NOT NULL, Chat TEXT NOT NULL, Name TEXT NULL, PictureUrl TEXT NULL,
                HeldSince INTEGER NULL, HoldEndsAt INTEGER NULL, RenewedAt INTEGER NULL, ControlAt INTEGER NOT NULL DEFAULT 0,
                LastText TEXT NOT NULL DEFAULT '', LastAt INTEGER NOT NULL, UnreadCount INTEGER NOT NULL DEFAULT 0, UNIQUE (Bot, Kind, Chat));
            CREATE INDEX IF NOT EXISTS ChatLatest ON Chat (LastAt);
            CREATE TABLE IF NOT EXISTS Message (
                Id INTEGER PRIMARY KEY AUTOINCREMENT, ChatId INTEGER NOT NULL REFERENCES Chat (Id), Origin TEXT NULL UNIQUE, LineMessageId TEXT NULL,
                Sender TEXT NOT NULL, Kind TEXT NOT NULL, Text TEXT NOT NULL, At INTEGER NOT NULL, State TEXT NOT NULL, Error TEXT NULL, RetryKey TEXT NULL);
            CREATE INDEX IF NOT EXISTS MessageOfChat ON Message (ChatId, Id);
            """);

        // What a crash left on its way may have arrived or not. Sent again by the agent, it bears the same key and arrives once.
        store.Run("UPDATE Message SET State = 'failed', Error = 'interrupted' WHERE State = 'sending'");
    }

    public void SetAccount(BotId bot, AccountState state) =>
        _store.Run(
            "INSERT INTO Account (Bot, State) VALUES ($bot, $state) ON CONFLICT (Bot) DO UPDATE SET State = excluded.State",
            ("$bot", bot.ToString()), ("$state", (int)state));

    /// <summary>The chat, made if it is new.</summary>
    public DeskChat Open(BotId bot, ChatId chat)
    {
        using var connection = _store.Open();
        using var transaction = connection.BeginTransaction();
        connection.Run("INSERT INTO Account (Bot) VALUES ($bot) ON CONFLICT DO NOTHING", ("$bot", bot.ToString()));
        connection.Run(
            "INSERT INTO Chat (Bot, Kind, Chat, LastAt) VALUES ($bot, $kind, $chat, $now) ON CONFLICT DO NOTHING",
            ("$bot", bot.ToString()), ("$kind", (int)chat.Kind), ("$chat", chat.ToString()), ("$now", _clock.GetUtcNow()));
        var opened = connection.Query(
            $"SELECT {ChatColumns} WHERE c.Bot = $bot AND c.Kind = $kind AND c.Chat = $chat", ReadChat,
            ("$bot", bot.ToString()), ("$kind", (int)chat.Kind), ("$chat", chat.ToString())).Single();
        transaction.Commit();
        return opened;
    }

    public DeskChat? Find(long id) => _store.Query($"SELECT {ChatColumns} WHERE c.Id = $id", ReadChat, ("$id", id)).SingleOrDefault();

    /// <summary>The latest chats, of one account or of all.</summary>
    public IReadOnlyList<DeskChat> Latest(BotId? bot) =>
        _store.Query(
            $"SELECT {ChatColumns} WHERE $bot IS NULL OR c.Bot = $bot ORDER BY c.LastAt DESC, c.Id DESC LIMIT $limit", ReadChat,
            ("$bot", bot?.ToString()), ("$limit", ChatsShown));

    public void SetPerson(long chatId, string name, string? pictureUrl) =>
        _store.Run("UPDATE Chat SET Name = $name, PictureUrl = $picture WHERE Id = $id", ("$id", chatId), ("$name", name), ("$picture", pictureUrl));

    /// <summary>The desk answers here.</summary>
    public void SetHeld(long chatId, DateTimeOffset since, DateTimeOffset? endsAt) =>
        _store.Run(
            "UPDATE Chat SET HeldSince = $since, HoldEndsAt = $ends, RenewedAt = $now, ControlAt = $since WHERE Id = $id",
            ("$id", chatId), ("$since", since), ("$ends", endsAt), ("$now", _clock.GetUtcNow()));

    /// <summary>The hold's end moved; who answers did not.</summary>
    public void SetHoldEnd(long chatId, DateTimeOffset? endsAt) =>
        _store.Run(
            "UPDATE Chat SET HoldEndsAt = $ends, RenewedAt = $now WHERE Id = $id AND HeldSince IS NOT NULL",
            ("$id", chatId), ("$ends", endsAt), ("$now", _clock.GetUtcNow()));

    /// <summary>The desk stands by here. Returns whether it held the chat until now, as far as it was written down.</summary>
    public bool SetStandby(long chatId, DateTimeOffset at)
    {
        using var connection = _store.Open();
        using var transaction = connection.BeginTransaction();
        var wasHeld = connection.Scalar("SELECT HeldSince FROM Chat WHERE Id = $id", ("$id", chatId)) is not null;
        connection.Run("UPDATE Chat SET HeldSince = NULL, HoldEndsAt = NULL, RenewedAt = NULL, ControlAt = $at WHERE Id = $id", ("$id", chatId), ("$at", at));
        transaction.Commit();
        return wasHeld;
    }

    /// <summary>The desk stands by in all chats of an account.</summary>
    public void SetAllStandby(BotId bot, DateTimeOffset at) =>
        _store.Run("UPDATE Chat SET HeldSince = NULL, HoldEndsAt = NULL, RenewedAt = NULL, ControlAt = $at WHERE Bot = $bot", ("$bot", bot.ToString()), ("$at", at));

    public void SetRead(long chatId) => _store.Run("UPDATE Chat SET UnreadCount = 0 WHERE Id = $id", ("$id", chatId));

    /// <summary>A chat with its latest messages, in their order: both as of one moment. Null when there is no such chat.</summary>
    public (DeskChat Chat, IReadOnlyList<DeskMessage> Messages)? Read(long chatId)
    {
        using var connection = _store.Open();
        using var transaction = connection.BeginTransaction(deferred: true);
        var found = connection.Query($"SELECT {ChatColumns} WHERE c.Id = $id", ReadChat, ("$id", chatId));
        var latest = connection.Query(
            "SELECT Id, Sender, Kind, Text, At, State, Error, RetryKey FROM Message WHERE ChatId = $id ORDER BY Id DESC LIMIT $limit",
            ReadMessage, ("$id", chatId), ("$limit", MessagesShown));
        latest.Reverse();
        return found is [var chat] ? (chat, latest) : null;
    }

    public DeskMessage? FindMessage(long chatId, long messageId) =>
        _store.Query(
            "SELECT Id, Sender, Kind, Text, At, State, Error, RetryKey FROM Message WHERE ChatId = $chat AND Id = $id",
            ReadMessage, ("$chat", chatId), ("$id", messageId)).SingleOrDefault();

    /// <summary>Adds a line.</summary>
    /// <param name="chatId">The chat.</param>
    /// <param name="line">The line; its id is given here.</param>
    /// <param name="origin">What caused it: the same cause adds nothing twice. Null: always new.</param>
    /// <param name="lineMessageId">LINE's id of a customer's message, by which it can be taken back.</param>
    /// <returns>The line's id; null when its cause has added it before.</returns>
    public long? Add(long chatId, DeskMessage line, string? origin = null, MessageId? lineMessageId = null)
    {
        using var connection = _store.Open();
        using var transaction = connection.BeginTransaction();
        var id = connection.Scalar(
            """
            INSERT INTO Message (ChatId, Origin, LineMessageId, Sender, Kind, Text, At, State, Error, RetryKey)
            VALUES ($chat, $origin, $lineId, $sender, $kind, $text, $at, $state, $error, $key) ON CONFLICT DO NOTHING RETURNING Id
            """,
            ("$chat", chatId), ("$origin", origin), ("$lineId", lineMessageId?.ToString()), ("$sender", line.From), ("$kind", line.Kind), ("$text", line.Text),
            ("$at", line.At), ("$state", line.State), ("$error", line.Error), ("$key", line.RetryKey?.ToString()));
        if (id is not null && line.Kind != "note")
        {
            connection.Run(
                "UPDATE Chat SET LastText = $text, LastAt = $at, UnreadCount = CASE $sender WHEN 'customer' THEN UnreadCount + 1 WHEN 'agent' THEN 0 ELSE UnreadCount END WHERE Id = $chat",
                ("$chat", chatId), ("$text", line.Text), ("$at", line.At), ("$sender", line.From));
        }

        transaction.Commit();
        return id;
    }

    public void SetState(long messageId, string state, string? error) =>
        _store.Run("UPDATE Message SET State = $state, Error = $error WHERE Id = $id", ("$id", messageId), ("$state", state), ("$error", error));

    /// <summary>A customer took a message back: what it said is erased here too.</summary>
    public void Unsend(long chatId, MessageId message)
    {
        using var connection = _store.Open();
        using var transaction = connection.BeginTransaction();
        connection.Run("UPDATE Message SET Kind = 'unsent', Text = '' WHERE ChatId = $chat AND LineMessageId = $id", ("$chat", chatId), ("$id", message.ToString()));
        connection.Run(
            "UPDATE Chat SET LastText = COALESCE((SELECT Text FROM Message WHERE ChatId = $chat AND Kind <> 'note' ORDER BY Id DESC LIMIT 1), '') WHERE Id = $chat",
            ("$chat", chatId));
        transaction.Commit();
    }

    private static DeskChat ReadChat(SqliteDataReader row)
    {
        var isChat = ChatId.TryCreate((ChatKind)row.GetInt32(2), row.GetString(3), out var chat);
        return isChat
            ? new DeskChat(
                row.GetInt64(0), BotId.Parse(row.GetString(1), null), chat, (AccountState)row.GetInt32(4), row.TextOrNull(5), row.TextOrNull(6),
                row.InstantOrNull(7), row.InstantOrNull(8), row.InstantOrNull(9), row.Instant(10), row.GetString(11), row.Instant(12), row.GetInt32(13))
            : throw new InvalidDataException($"Chat {row.GetInt64(0)} has an id that names no chat.");
    }

    private static DeskMessage ReadMessage(SqliteDataReader row) => new(
        row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetString(3), row.Instant(4), row.GetString(5), row.TextOrNull(6),
        row.TextOrNull(7) is { } key ? Guid.Parse(key) : null);
}
