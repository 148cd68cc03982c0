namespace Line.Json;

/// <summary>One of LINE's words for a choice; the set is open, and a word that is not known here is kept as it is.</summary>
internal interface IWord<T> where T : struct, IWord<T>
{
    /// <summary>The words that LINE publishes today.</summary>
    static abstract IReadOnlyList<string> Published { get; }

    string Value { get; }

    static abstract T Of(string value);
}
