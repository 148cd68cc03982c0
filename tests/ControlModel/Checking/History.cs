using System.Text.Json;
using System.Text.Json.Serialization;
using ControlModel.Model;
using ControlModel.Steps;

namespace ControlModel.Checking;

/// <summary>A bot's round as the checker gets it, to be kept in a file: one that was hard to judge, or that no order explains.</summary>
/// <param name="From">What the bot may have been like before it.</param>
/// <param name="Lanes">What the modules were given.</param>
public sealed record History(IReadOnlyList<Step> Steps, Lanes Lanes, IReadOnlyCollection<BotState> From)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        IgnoreReadOnlyProperties = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Converters = { new JsonStringEnumConverter(), new LanesConverter() },
    };

    public Verdict Judge() => new Checker(Lanes, Steps).Check(From);

    public string Write() => JsonSerializer.Serialize(this, Json);

    public static History Read(string text) => JsonSerializer.Deserialize<History>(text, Json)!;

    private sealed class LanesConverter : JsonConverter<Lanes>
    {
        public override Lanes Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
        {
            var plain = JsonSerializer.Deserialize<Plain>(ref reader, options)!;
            var lanes = new Lanes(plain.Linkages, plain.Chats);
            for (var lane = 0; lane < plain.Copies.Count; lane++)
            {
                foreach (var copy in plain.Copies[lane])
                    lanes.Add(lane, copy);
            }

            return lanes;
        }

        public override void Write(Utf8JsonWriter writer, Lanes value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, new Plain(value.Linkages, value.Chats, [.. Enumerable.Range(0, value.Count).Select(lane => value[lane])]), options);

        private sealed record Plain(int Linkages, int Chats, IReadOnlyList<IReadOnlyList<Copy>> Copies);
    }
}
