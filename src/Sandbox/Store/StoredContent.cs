namespace Sandbox.Store;

/// <summary>The bytes of one picture and their media type, as <c>GET /v2/bot/message/{id}/content</c> serves them.</summary>
internal sealed record StoredContent(string Type, byte[] Bytes);
