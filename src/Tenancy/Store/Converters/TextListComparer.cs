using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Tenancy;

/// <summary>Two lists of words are the same when their words are, in the same order.</summary>
public sealed class TextListComparer() : ValueComparer<IReadOnlyList<string>>(
    (left, right) => Same(left, right),
    list => Hash(list),
    list => list.ToArray())
{
    private static bool Same(IReadOnlyList<string>? left, IReadOnlyList<string>? right) =>
        ReferenceEquals(left, right) || (left is not null && right is not null && left.SequenceEqual(right, StringComparer.Ordinal));

    private static int Hash(IReadOnlyList<string> list)
    {
        var hash = new HashCode();
        foreach (var word in list)
            hash.Add(word, StringComparer.Ordinal);

        return hash.ToHashCode();
    }
}
