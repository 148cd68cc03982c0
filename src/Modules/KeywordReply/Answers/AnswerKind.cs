using System.Text.Json.Serialization;

namespace KeywordReply;

/// <summary>How an answer looks.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AnswerKind>))]
internal enum AnswerKind
{
    /// <summary>The text alone.</summary>
    [JsonStringEnumMemberName("text")]
    Text,

    /// <summary>The text over buttons by which the customer says when they want to come.</summary>
    [JsonStringEnumMemberName("booking")]
    Booking,

    /// <summary>The text with the first keywords of the other rules as quick replies.</summary>
    [JsonStringEnumMemberName("menu")]
    Menu,

    /// <summary>No answer: people answer this.</summary>
    [JsonStringEnumMemberName("silent")]
    Silent,
}
