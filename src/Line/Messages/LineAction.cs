using System.Text.Json;

namespace Line;

/// <summary>What a button does.</summary>
/// <param name="Label">What stands on it: 20 characters at most.</param>
public abstract record LineAction(string? Label)
{
    private protected abstract void WriteProperties(Utf8JsonWriter writer);

    internal void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        WriteProperties(writer);
        if (Label is not null)
            writer.WriteString("label"u8, Label);

        writer.WriteEndObject();
    }

    internal static void WriteAll(Utf8JsonWriter writer, IReadOnlyList<LineAction> actions)
    {
        writer.WriteStartArray("actions"u8);
        foreach (var action in actions)
            action.WriteTo(writer);

        writer.WriteEndArray();
    }
}
