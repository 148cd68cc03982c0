namespace ModuleGateway.Store.Sql;

/// <summary>The store's tables, the same in each database. Whoever changes them raises the version: a store of another one is refused at the start, in one sentence.</summary>
internal static class GatewaySchema
{
    public const int Version = 6;

    /// <summary>For SQLite, in whose words the tables are written.</summary>
    public static string ForSqlite => Create;

    /// <summary>For PostgreSQL: the same tables under its names for the types.</summary>
    public static string ForPostgreSql { get; } = Create
        .Replace(Numbered, "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY", StringComparison.Ordinal)
        .Replace("INTEGER PRIMARY KEY AUTOINCREMENT", "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY", StringComparison.Ordinal)
        .Replace("INTEGER", "BIGINT", StringComparison.Ordinal)
        .Replace("BLOB", "BYTEA", StringComparison.Ordinal)
        .Replace(" WITHOUT ROWID", "", StringComparison.Ordinal);

    /// <summary>A number that grows with each row and is never used again: see <see cref="NumberedInsert"/>.</summary>
    private const string Numbered = "INTEGER NOT NULL PRIMARY KEY";

    // What changes of an event lies apart from what it says: a body of a kilobyte or two is written once. A row of "unrouted" goes with its routing, or says why there was none.
    private const string Create = """
        CREATE TABLE event (
            seq INTEGER NOT NULL PRIMARY KEY,
            channel TEXT NULL,
            bot BLOB NOT NULL,
            webhook_event_id TEXT NULL,
            variant INTEGER NOT NULL,
            type TEXT NOT NULL,
            request BLOB NOT NULL,
            received_at INTEGER NOT NULL,
            last_received_at INTEGER NOT NULL,
            body BLOB NOT NULL,
            signed_by INTEGER NULL,
            trace BLOB NULL,
            message INTEGER NULL);
        CREATE INDEX event_of_message ON event (message) WHERE message IS NOT NULL;
        CREATE UNIQUE INDEX event_once ON event (webhook_event_id, channel, bot, variant) WHERE webhook_event_id IS NOT NULL;

        CREATE TABLE unrouted (
            state INTEGER NOT NULL,
            bot BLOB NOT NULL,
            seq INTEGER NOT NULL,
            PRIMARY KEY (state, bot, seq)) WITHOUT ROWID;

        CREATE TABLE receipt (
            event_seq INTEGER NOT NULL,
            at INTEGER NOT NULL,
            signed_by INTEGER NOT NULL,
            PRIMARY KEY (event_seq, at)) WITHOUT ROWID;

        CREATE TABLE account (
            bot BLOB PRIMARY KEY,
            channel TEXT NOT NULL,
            connection INTEGER NOT NULL,
            scopes TEXT NOT NULL,
            default_linkage BLOB NULL,
            last_epoch INTEGER NOT NULL,
            default_epoch INTEGER NOT NULL,
            attached_at INTEGER NOT NULL,
            test_codes TEXT NOT NULL,
            connection_at INTEGER NULL,
            unlinked_since INTEGER NULL) WITHOUT ROWID;
        CREATE INDEX account_unlinked ON account (unlinked_since) WHERE unlinked_since IS NOT NULL;

        CREATE TABLE linkage (
            id BLOB PRIMARY KEY,
            bot BLOB NOT NULL,
            module BLOB NOT NULL,
            state INTEGER NOT NULL,
            scopes TEXT NOT NULL,
            sealed_salt BLOB NULL,
            key_version INTEGER NOT NULL,
            id_generation INTEGER NOT NULL,
            expires_silently INTEGER NOT NULL,
            left_as INTEGER NULL,
            messages_per_month_max INTEGER NULL) WITHOUT ROWID;
        CREATE INDEX linkage_of_bot ON linkage (bot);
        CREATE INDEX linkage_of_module ON linkage (module);

        CREATE TABLE chat (
            bot BLOB NOT NULL,
            chat BLOB NOT NULL,
            holder_kind INTEGER NOT NULL,
            holder BLOB NULL,
            expires_at INTEGER NULL,
            epoch INTEGER NOT NULL,
            line_side INTEGER NOT NULL,
            line_side_at INTEGER NULL,
            acquired_by BLOB NULL,
            acquired_at INTEGER NULL,
            reserved_by BLOB NULL,
            reservation BLOB NULL,
            reserved_until INTEGER NULL,
            errand INTEGER NULL,
            errand_due_at INTEGER NULL,
            errand_attempts INTEGER NOT NULL,
            moved_at_line_at INTEGER NULL,
            released_for_want_of_default INTEGER NOT NULL,
            test_of BLOB NULL,
            held_since INTEGER NULL,
            default_epoch_passed INTEGER NOT NULL,
            PRIMARY KEY (bot, chat)) WITHOUT ROWID;
        CREATE INDEX chat_errand ON chat (errand_due_at) WHERE errand IS NOT NULL;
        CREATE INDEX chat_expiry ON chat (expires_at) WHERE expires_at IS NOT NULL;
        CREATE INDEX chat_open ON chat (bot, holder_kind) WHERE holder_kind > 0 OR (line_side = 2 AND released_for_want_of_default = 0);
        CREATE INDEX chat_tried ON chat (bot) WHERE test_of IS NOT NULL;
        CREATE INDEX chat_test ON chat (test_of) WHERE test_of IS NOT NULL;

        CREATE TABLE known_id (
            bot BLOB NOT NULL,
            id BLOB NOT NULL,
            odd_text TEXT NULL,
            presence INTEGER NOT NULL,
            members INTEGER NULL,
            PRIMARY KEY (bot, id)) WITHOUT ROWID;

        CREATE TABLE delivery (
            id INTEGER NOT NULL PRIMARY KEY,
            event_seq INTEGER NOT NULL,
            linkage BLOB NOT NULL,
            bot BLOB NULL,
            chat BLOB NULL,
            request BLOB NOT NULL,
            is_active INTEGER NOT NULL,
            epoch INTEGER NOT NULL,
            state INTEGER NOT NULL,
            attempts INTEGER NOT NULL,
            next_attempt_at INTEGER NULL,
            last_at INTEGER NULL,
            last_status INTEGER NOT NULL,
            last_error TEXT NULL,
            last_millis INTEGER NOT NULL,
            last_answer BLOB NULL,
            replay INTEGER NOT NULL,
            failing_since INTEGER NULL,
            aside_tries INTEGER NOT NULL);
        CREATE INDEX delivery_owed ON delivery (linkage, replay, chat, id) WHERE state = 0;
        CREATE INDEX delivery_aside ON delivery (linkage, next_attempt_at, id) WHERE state = 3;
        CREATE INDEX delivery_of_event ON delivery (event_seq);
        CREATE INDEX delivery_of_replay ON delivery (replay, state) WHERE replay > 0;
        CREATE INDEX delivery_recent ON delivery (linkage, last_at) WHERE last_at IS NOT NULL;

        CREATE TABLE attempt (
            delivery INTEGER NOT NULL,
            number INTEGER NOT NULL,
            at INTEGER NOT NULL,
            status INTEGER NOT NULL,
            error TEXT NULL,
            millis INTEGER NOT NULL,
            answer BLOB NULL,
            PRIMARY KEY (delivery, number)) WITHOUT ROWID;

        CREATE TABLE replay (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            request BLOB NOT NULL UNIQUE,
            asked_at INTEGER NOT NULL,
            bot BLOB NULL,
            chat BLOB NULL,
            linkage BLOB NULL,
            module BLOB NULL,
            webhook_event_id TEXT NULL,
            received_from INTEGER NULL,
            received_to INTEGER NULL,
            only_dead INTEGER NOT NULL,
            after_delivery INTEGER NOT NULL,
            last_delivery INTEGER NOT NULL,
            found INTEGER NOT NULL,
            state INTEGER NOT NULL,
            next_step_at INTEGER NOT NULL,
            ended_at INTEGER NULL);
        CREATE INDEX replay_running ON replay (id) WHERE state = 0;

        CREATE TABLE reply_token_use (
            event_seq INTEGER NOT NULL,
            linkage BLOB NOT NULL,
            at INTEGER NOT NULL,
            PRIMARY KEY (event_seq, linkage)) WITHOUT ROWID;

        CREATE TABLE attach_request (
            id BLOB PRIMARY KEY,
            state TEXT NOT NULL UNIQUE,
            sealed_verifier BLOB NOT NULL,
            asked_scopes TEXT NOT NULL,
            basic_search_id TEXT NULL,
            region TEXT NULL,
            return_url TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            outcome INTEGER NOT NULL,
            bot BLOB NULL,
            granted_scopes TEXT NOT NULL,
            error TEXT NULL,
            error_description TEXT NULL,
            proof_digest TEXT NULL,
            exchange_begun_at INTEGER NULL,
            own_channel TEXT NULL,
            sealed_channel_secret BLOB NULL) WITHOUT ROWID;
        CREATE INDEX attach_request_unanswered ON attach_request (exchange_begun_at) WHERE exchange_begun_at IS NOT NULL;

        CREATE TABLE own_channel (
            id TEXT PRIMARY KEY,
            bot BLOB NOT NULL,
            sealed_secret BLOB NOT NULL,
            added_at INTEGER NOT NULL,
            sealed_previous_secret BLOB NULL,
            previous_until INTEGER NULL,
            endpoint_before TEXT NULL,
            leave_due_at INTEGER NULL,
            leave_attempts INTEGER NOT NULL) WITHOUT ROWID;
        CREATE INDEX own_channel_leaving ON own_channel (leave_due_at) WHERE leave_due_at IS NOT NULL;

        CREATE TABLE module_token (
            digest TEXT PRIMARY KEY,
            key_id TEXT NULL,
            module BLOB NOT NULL,
            issued_at INTEGER NOT NULL,
            expires_at INTEGER NOT NULL) WITHOUT ROWID;
        CREATE INDEX module_token_of_module ON module_token (module, expires_at);

        CREATE TABLE thing (
            channel TEXT NOT NULL,
            bot BLOB NOT NULL,
            kind INTEGER NOT NULL,
            id TEXT NOT NULL,
            linkage BLOB NOT NULL,
            made_at INTEGER NOT NULL,
            leave_due_at INTEGER NULL,
            PRIMARY KEY (channel, bot, kind, id)) WITHOUT ROWID;
        CREATE INDEX thing_of_linkage ON thing (linkage, kind, made_at);
        CREATE INDEX thing_by_age ON thing (kind, made_at);
        CREATE INDEX thing_leaving ON thing (leave_due_at, bot) WHERE leave_due_at IS NOT NULL;

        CREATE TABLE account_link (
            nonce TEXT PRIMARY KEY,
            bot BLOB NOT NULL,
            token BLOB NOT NULL,
            linkage BLOB NOT NULL,
            id_generation INTEGER NOT NULL,
            sealed_nonce BLOB NOT NULL,
            begun_at INTEGER NOT NULL) WITHOUT ROWID;
        CREATE INDEX account_link_of_token ON account_link (token);
        CREATE INDEX account_link_begun ON account_link (begun_at);

        CREATE TABLE received_message (
            linkage BLOB NOT NULL,
            message TEXT NOT NULL,
            received_at INTEGER NOT NULL,
            PRIMARY KEY (linkage, message)) WITHOUT ROWID;
        CREATE INDEX received_message_at ON received_message (received_at);

        CREATE TABLE delivery_tag (
            tag TEXT PRIMARY KEY,
            bot BLOB NOT NULL,
            linkage BLOB NOT NULL,
            sealed_data BLOB NOT NULL,
            sent_at INTEGER NOT NULL) WITHOUT ROWID;
        CREATE INDEX delivery_tag_sent ON delivery_tag (sent_at);

        CREATE TABLE accepted_key (
            linkage BLOB NOT NULL,
            path TEXT NOT NULL,
            retry_key BLOB NOT NULL,
            request_id TEXT NOT NULL,
            sent_messages TEXT NULL,
            accepted_at INTEGER NOT NULL,
            PRIMARY KEY (linkage, path, retry_key)) WITHOUT ROWID;
        CREATE INDEX accepted_key_at ON accepted_key (accepted_at);

        CREATE TABLE module_endpoint (
            module BLOB PRIMARY KEY,
            url TEXT NOT NULL,
            instead_of TEXT NOT NULL,
            set_at INTEGER NOT NULL) WITHOUT ROWID;

        CREATE TABLE endpoint_state (
            module BLOB PRIMARY KEY,
            circuit INTEGER NOT NULL,
            url TEXT NOT NULL,
            since INTEGER NOT NULL,
            probes INTEGER NOT NULL,
            probe_at INTEGER NULL,
            paused_until INTEGER NULL,
            notices INTEGER NOT NULL) WITHOUT ROWID;

        CREATE TABLE endpoint_notice (
            module BLOB NOT NULL,
            at INTEGER NOT NULL,
            kind INTEGER NOT NULL,
            url TEXT NOT NULL,
            PRIMARY KEY (module, at, kind)) WITHOUT ROWID;

        CREATE TABLE open_send (
            id BLOB PRIMARY KEY,
            linkage BLOB NOT NULL,
            bot BLOB NOT NULL,
            at INTEGER NOT NULL,
            reach INTEGER NOT NULL,
            named INTEGER NOT NULL,
            line_key TEXT NULL,
            chat BLOB NULL,
            request_id TEXT NULL,
            due_at INTEGER NULL,
            attempts INTEGER NOT NULL) WITHOUT ROWID;
        CREATE INDEX open_send_of_linkage ON open_send (linkage, at);
        CREATE INDEX open_send_due ON open_send (due_at) WHERE due_at IS NOT NULL;
        CREATE INDEX open_send_unknown ON open_send (at) WHERE due_at IS NULL;

        CREATE TABLE sent_on_day (
            linkage BLOB NOT NULL,
            day INTEGER NOT NULL,
            recipients INTEGER NOT NULL,
            replies INTEGER NOT NULL,
            unknown INTEGER NOT NULL,
            PRIMARY KEY (linkage, day)) WITHOUT ROWID;

        CREATE TABLE master_key (version INTEGER PRIMARY KEY, protected TEXT NOT NULL, current_from INTEGER NOT NULL);
        CREATE TABLE progress (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
        """;
}
