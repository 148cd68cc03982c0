using System.Runtime.CompilerServices;

namespace Line;

/// <summary>Reads lists to their end.</summary>
internal static class Paging
{
    /// <summary>Page after page; the next one is asked for when the last one has been walked.</summary>
    public static async IAsyncEnumerable<T> AllAsync<T>(
        Func<string?, CancellationToken, Task<LinePage<T>>> read, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? next = null;
        do
        {
            var page = await read(next, cancellationToken).ConfigureAwait(false);
            foreach (var item in page.Items)
                yield return item;

            next = page.Next;
        }
        while (next is not null);
    }

    public static string Size(int? limit, int max)
    {
        var size = limit ?? max;
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1, nameof(limit));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, max, nameof(limit));
        return LineCall.Text(size)!;
    }
}
