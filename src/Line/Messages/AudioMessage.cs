using System.Text.Json.Serialization;
using Line.Json;
using Line.Validation;

namespace Line;

/// <summary>A sound, which LINE fetches: mp3 or m4a over https.</summary>
/// <param name="OriginalContentUrl">200 MB and 2000 characters at most.</param>
/// <param name="Duration">How long it plays, in whole milliseconds.</param>
public sealed record AudioMessage(Uri OriginalContentUrl, [property: JsonConverter(typeof(MillisecondsConverter))] TimeSpan Duration) : LineMessage
{
    private protected override string Kind => "audio";

    private protected override void CheckOwn(FaultFinder faults) => faults.Https("originalContentUrl", OriginalContentUrl);
}
