using System.Text.Json;
using Line;
using Modules.Kit;

namespace KeywordReply;

/// <summary>What each Official Account answers. Thread-safe; every read sees what was saved last.</summary>
internal sealed class AnswerBook
{
    private readonly ModuleStore _store;

    public AnswerBook(ModuleStore store)
    {
        _store = store;
        store.Run("CREATE TABLE IF NOT EXISTS AnswerSet (Bot TEXT PRIMARY KEY, Json TEXT NOT NULL)");
    }

    /// <summary>The account's own answers, or the built-in ones.</summary>
    public AnswerSet Of(BotId bot)
    {
        var saved = _store.Query("SELECT Json FROM AnswerSet WHERE Bot = $bot", row => row.GetString(0), ("$bot", bot.ToString()));
        return saved is [var json] ? JsonSerializer.Deserialize<AnswerSet>(json)! : BuiltInAnswers.Set;
    }

    /// <summary>Saves an account's answers.</summary>
    public void Save(BotId bot, AnswerSet answers) =>
        _store.Run(
            "INSERT INTO AnswerSet (Bot, Json) VALUES ($bot, $json) ON CONFLICT (Bot) DO UPDATE SET Json = excluded.Json",
            ("$bot", bot.ToString()), ("$json", JsonSerializer.Serialize(answers)));
}
