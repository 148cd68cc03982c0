using System.Text.Json;

namespace Line.Webhooks;

/// <summary>A message of a kind that this version does not know; everything is in <see cref="MessageContent.Raw"/>.</summary>
public sealed class UnknownContent : MessageContent
{
    internal UnknownContent(JsonElement raw) : base(raw)
    {
    }
}
