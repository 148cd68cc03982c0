using Line;
using Sandbox.Accounts;
using Sandbox.Api;
using Sandbox.Store;

namespace Sandbox.Statistics;

/// <summary>How often each rich menu was shown and each of its areas tapped, by day.</summary>
/// <remarks>Thread-safe: one lock; records are immutable.</remarks>
internal sealed class RichMenuStatistics : IAccountData
{
    private const string Kind = "richMenuDay";
    private readonly DocumentStore _store;
    private readonly TimeProvider _clock;
    private readonly Lock _lock = new();
    private readonly Dictionary<(string MenuId, DateOnly Day), RichMenuDay> _days;

    public RichMenuStatistics(DocumentStore store, TimeProvider clock)
    {
        _store = store;
        _clock = clock;
        _days = store.All<RichMenuDay>(Kind).ToDictionary(day => (day.MenuId, day.Day));
    }

    /// <param name="area">The area that was tapped; null: the menu was shown.</param>
    public void Count(BotId botId, string menuId, string personId, int? area)
    {
        var day = LineTime.DayOf(_clock.GetUtcNow());
        lock (_lock)
        {
            var before = _days.GetValueOrDefault((menuId, day)) ?? new RichMenuDay(botId, menuId, day, []);
            var counted = before with { Events = [.. before.Events, new RichMenuEvent(personId, area)] };
            _days[(menuId, day)] = counted;
            _store.Put(Kind, Key(counted), counted);
        }
    }

    public IReadOnlyList<RichMenuDay> Between(string menuId, DateOnly from, DateOnly to)
    {
        lock (_lock)
            return [.. _days.Values.Where(day => day.MenuId == menuId && day.Day >= from && day.Day <= to).OrderBy(day => day.Day)];
    }

    public void Forget(BotId botId)
    {
        lock (_lock)
        {
            foreach (var day in _days.Values.Where(day => day.BotId == botId).ToList())
            {
                _days.Remove((day.MenuId, day.Day));
                _store.Delete(Kind, Key(day));
            }
        }
    }

    private static string Key(RichMenuDay day) => $"{day.MenuId}|{LineTime.Day(day.Day)}";
}
