using System.Globalization;
using System.Text.Json;
using Sandbox.Api;
using Sandbox.Audiences;
using Sandbox.Messaging;
using Sandbox.Statistics;

namespace Sandbox.Narrowcasts;

/// <summary>The rules for a narrowcast's recipients: audiences, earlier narrowcasts, and and/or/not of them. Source: reference, "Recipient object".</summary>
internal sealed class RecipientRules(AudienceBook audiences, SendLog sent, TimeProvider clock)
{
    private const int LeavesMax = 10;
    private static readonly TimeSpan RedeliveryAgeMax = TimeSpan.FromDays(14);

    /// <summary>The first refusal of a name, or what <paramref name="check"/> has collected; null: all is well.</summary>
    public LineAnswer? Check(ApiCall call, BodyCheck check, JsonElement recipient)
    {
        var leaves = new List<JsonElement>();
        Shape(check, recipient, "recipient", leaves);
        if (leaves.Count > LeavesMax)
            check.Add("recipient", string.Create(CultureInfo.InvariantCulture, $"Size must be between 0 and {LeavesMax}"));
        return check.Refusal ?? leaves.Select(leaf => Unknown(call, leaf)).FirstOrDefault(refusal => refusal is not null);
    }

    /// <summary>Whether the audience or request behind any leaf is one whose people LINE gathered itself: then 50 people are needed.</summary>
    public bool NamesGathered(JsonElement recipient, Line.BotId botId) =>
        Leaves(recipient).Any(leaf => leaf.GetProperty("type").ValueEquals("audience") && audiences.Find(botId, leaf.GetProperty("audienceGroupId").GetInt64()) is { Type: not AudienceType.Upload });

    /// <summary>Whether a person is among the recipients.</summary>
    public bool Includes(JsonElement recipient, Line.BotId botId, string personId) => recipient.GetProperty("type").GetString() switch
    {
        "audience" => audiences.Find(botId, recipient.GetProperty("audienceGroupId").GetInt64())?.Members.Contains(personId) == true,
        "redelivery" => sent.Find(recipient.GetProperty("requestId").GetString()!)?.Recipients.Any(one => one.Chat == new Chats.ChatKey(botId, personId)) == true,
        _ when recipient.TryGetProperty("and", out var all) => all.EnumerateArray().All(one => Includes(one, botId, personId)),
        _ when recipient.TryGetProperty("or", out var any) => any.EnumerateArray().Any(one => Includes(one, botId, personId)),
        _ => !Includes(recipient.GetProperty("not"), botId, personId),
    };

    private static void Shape(BodyCheck check, JsonElement recipient, string path, List<JsonElement> leaves)
    {
        if (recipient.ValueKind != JsonValueKind.Object)
        {
            check.WrongType(path);
            return;
        }

        switch (check.Text(recipient, path, "type", 40))
        {
            case null:
                return;

            case "audience":
                if (!recipient.TryGetProperty("audienceGroupId", out var id))
                    check.Add($"{path}.audienceGroupId", "must be specified");
                else if (id.ValueKind != JsonValueKind.Number || !id.TryGetInt64(out _))
                    check.WrongType($"{path}.audienceGroupId");
                leaves.Add(recipient);
                break;

            case "redelivery":
                check.Text(recipient, path, "requestId", 100);
                leaves.Add(recipient);
                break;

            case "operator":
                foreach (var (part, at) in Operators.Parts(check, recipient, path))
                    Shape(check, part, at, leaves);
                break;

            default:
                check.Add($"{path}.type", "Must be one of the following values: [audience, redelivery, operator]");
                break;
        }
    }

    private LineAnswer? Unknown(ApiCall call, JsonElement leaf)
    {
        var botId = call.Account.BotId;
        if (leaf.GetProperty("type").ValueEquals("audience"))
        {
            var id = leaf.GetProperty("audienceGroupId").GetInt64();
            return audiences.Find(botId, id)?.Status(clock.GetUtcNow()) == "READY" ? null : LineErrors.InvalidAudienceId(id);
        }

        var requestId = leaf.GetProperty("requestId").GetString()!;
        return sent.Find(requestId) is { Kind: SendKind.Narrowcast } request && request.ChannelId == call.Channel.Id && request.BotId == botId && clock.GetUtcNow() - request.At < RedeliveryAgeMax
            ? null
            : LineErrors.InvalidRequestId(requestId);
    }

    private static IEnumerable<JsonElement> Leaves(JsonElement recipient) =>
        !recipient.GetProperty("type").ValueEquals("operator") ? [recipient]
        : recipient.TryGetProperty("and", out var all) ? all.EnumerateArray().SelectMany(Leaves)
        : recipient.TryGetProperty("or", out var any) ? any.EnumerateArray().SelectMany(Leaves)
        : Leaves(recipient.GetProperty("not"));
}
