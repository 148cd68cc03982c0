using System.Text.Json;

namespace Line;

/// <summary>The card of a <see cref="TemplateMessage"/>.</summary>
public abstract record MessageTemplate
{
    private protected MessageTemplate()
    {
    }

    internal abstract void WriteProperties(Utf8JsonWriter writer);
}
