namespace Sandbox.Store;

/// <summary>The bytes of one picture and their media type, as <c>GET /v2/bot/message/{id}/content</c> serves them.</summary>
/// <param name="Owner">The Bot ID of the account that it was sent to.</param>
internal sealed record StoredContent(string Owner, string Type, byte[] Bytes)
{
    /// <summary>The type of one that was taken back.</summary>
    public const string Gone = "gone";

    public bool IsGone => Type == Gone;
}
