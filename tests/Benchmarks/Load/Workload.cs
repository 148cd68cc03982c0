using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Line;

namespace Benchmarks.Load;

/// <summary>
/// Webhooks as LINE sends them: 70 % messages, 15 % postbacks, 15 % follows, one event a request, 0.5 to 2 KB, every account equally often, its
/// customers by Zipf. Built and signed ahead, so that making them is no part of what is measured. No event comes twice in a run.
/// </summary>
internal sealed class Workload(Population population, int seed)
{
    private const int UsersPerAccount = 500;
    private const int BodyBytesMin = 512;
    private const int BodyBytesMax = 2048;
    private const string Phrase = "想預約星期六下午兩點，請問還有位子嗎？";

    private static readonly LineSignature Channel = new(Population.ChannelSecret);
    private static readonly LineSignature Stranger = new("ffffffffffffffffffffffffffffffff");
    private readonly Random _random = new(seed);
    private readonly Zipf _users = new(UsersPerAccount);
    private readonly string _run = RandomNumberGenerator.GetString("0123456789ABCDEFGHJKMNPQRSTVWXYZ", 8);
    private long _made;

    /// <summary>Accounts that get events; all of them where not said otherwise.</summary>
    public int Accounts { get; init; } = population.Accounts;

    /// <summary>How many times its share account 0 gets; 0: nothing.</summary>
    public int ShareOfFirst { get; init; } = 1;

    /// <summary>One request in so many is forged; none where 0.</summary>
    public int ForgedEvery { get; init; } = 1000;

    public LoadRequest[] Next(int count)
    {
        var requests = new LoadRequest[count];
        for (var i = 0; i < count; i++)
            requests[i] = Next();
        return requests;
    }

    private LoadRequest Next()
    {
        var number = _made++;
        var turn = _random.Next(Accounts - 1 + ShareOfFirst);
        var account = turn < ShareOfFirst ? 0 : turn - ShareOfFirst + 1;
        var user = _users.Next(_random);
        var id = string.Create(CultureInfo.InvariantCulture, $"01{_run}{number:d16}");
        var body = Body(account, user, id);
        var isForged = ForgedEvery > 0 && number % ForgedEvery == ForgedEvery - 1;
        var head = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $"POST /webhook/{Population.ChannelId} HTTP/1.1\r\nhost: gateway\r\ncontent-type: application/json; charset=utf-8\r\ncontent-length: {body.Length}\r\n{LineSignature.HeaderName}: {(isForged ? Stranger : Channel).Create(body)}\r\nuser-agent: LineBotWebhook/2.0\r\n\r\n"));
        return new LoadRequest(account, user, id, [.. head, .. body], head.Length, isForged);
    }

    private byte[] Body(int account, int user, string id)
    {
        var kind = _random.Next(100);
        var token = string.Create(CultureInfo.InvariantCulture, $"{account:x8}{user:x8}{_random.Next():x16}");
        var rest = kind switch
        {
            < 70 => $"\"type\":\"message\",\"replyToken\":\"{token}\",\"message\":{{\"type\":\"text\",\"id\":\"{id[10..]}\",\"quoteToken\":\"{token}{token}\",\"text\":\"",
            < 85 => $"\"type\":\"postback\",\"replyToken\":\"{token}\",\"postback\":{{\"data\":\"",
            _ => $"\"type\":\"follow\",\"replyToken\":\"{token}\",\"follow\":{{\"isUnblocked\":false,\"campaign\":\"", // A field that LINE may add tomorrow: it passes through.
        };
        var before = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $"{{\"destination\":\"{Population.BotText(account)}\",\"events\":[{{\"webhookEventId\":\"{id}\",\"deliveryContext\":{{\"isRedelivery\":false}},\"timestamp\":{TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()},\"mode\":\"active\",\"source\":{{\"type\":\"user\",\"userId\":\"{Population.UserText(account, user)}\"}},{rest}"));
        var after = "\"}}]}"u8;
        var wanted = kind < 70 ? _random.Next(BodyBytesMin, BodyBytesMax) : BodyBytesMin;
        var phrase = Encoding.UTF8.GetBytes(Phrase);
        var body = new List<byte>(BodyBytesMax + phrase.Length);
        body.AddRange(before);
        do
            body.AddRange(phrase);
        while (body.Count + after.Length < wanted);
        body.AddRange(after);
        return [.. body];
    }
}
