using System.Collections.Frozen;
using System.Text.Json;

namespace Portal.Audit;

/// <summary>What must not stand in the audit log in the clear, by the names it would have.</summary>
internal static class AuditWords
{
    private static readonly FrozenSet<string> Secret = new[] { "secret", "password", "token", "bankaccount", "accountnumber", "iban", "document", "content", "bytes", "signature" }
        .ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <exception cref="ArgumentException">A value under such a name is no <see cref="Fingerprint"/>.</exception>
    public static void Check(JsonElement state)
    {
        switch (state.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in state.EnumerateObject())
                {
                    var isClear = property.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number && !Fingerprint.IsOne(property.Value.ToString());
                    if (isClear && Secret.Any(word => property.Name.EndsWith(word, StringComparison.OrdinalIgnoreCase)))
                        throw new ArgumentException($"'{property.Name}' stands in the audit log as a fingerprint only.");

                    Check(property.Value);
                }

                break;
            case JsonValueKind.Array:
                foreach (var item in state.EnumerateArray())
                    Check(item);

                break;
            default:
                break;
        }
    }
}
