using System.Globalization;

namespace Sandbox.Api;

/// <summary>One page of a list that LINE pages with <c>limit</c>, <c>start</c> and <c>next</c>.</summary>
/// <param name="Next">Null: this was the last page.</param>
internal sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>Cuts lists into pages.</summary>
internal static class Paging
{
    /// <summary>The page that a call asks for, or the refusal.</summary>
    /// <param name="list">Name of the list, which the tokens of others do not fit.</param>
    /// <param name="items">All of it, in the ordinal order of their keys.</param>
    public static (LineAnswer? Refusal, Page<T> Page) Read<T>(ApiCall call, string list, IEnumerable<T> items, Func<T, string> key, int limitDefault, int limitMax)
    {
        var limit = limitDefault;
        if (call.Query("limit") is { } text && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit < 1 || limit > limitMax))
            return (LineErrors.InvalidParameter("limit"), new Page<T>([], null));

        var continuations = call.Service<Continuations>();
        var botId = call.Row.NamesBot ? call.Account.BotId : (Line.BotId?)null;
        if (!continuations.TryRead(call.Channel.Id, botId, list, call.Query("start"), out var after))
            return (LineErrors.InvalidStart, new Page<T>([], null));

        var rest = items.Where(item => string.CompareOrdinal(key(item), after) > 0).Take(limit + 1).ToList();
        var page = rest.Take(limit).ToList();
        return (null, new Page<T>(page, rest.Count > limit ? continuations.After(call.Channel.Id, botId, list, key(page[^1])) : null));
    }
}
