namespace Portal.Outside;

/// <summary>What stood at an address when we looked.</summary>
/// <param name="FinalUrl">Where the redirects led.</param>
/// <param name="Status">0: there was no answer.</param>
/// <param name="Fault">Null: the page was read.</param>
/// <param name="Text">Its words without markup.</param>
/// <param name="Hash">SHA-256 of its bytes in hex; empty when there were none.</param>
internal sealed record PageLook(DateTimeOffset At, string AskedUrl, string FinalUrl, int Status, PageFault? Fault, string Text, string Hash);
