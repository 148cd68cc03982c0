using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Marketplace.Development;

namespace BadInput;

/// <summary>A module with what it may use: its account, its ids of people and chats, what it made at LINE.</summary>
internal sealed class Player(HttpClient http, Uri gateway, DevelopmentAccess access)
{
    public DevelopmentAccess Access { get; } = access;

    /// <summary>What it sends with its calls now.</summary>
    public string Token { get; set; } = access.ChannelAccessToken;

    /// <summary>By kind: <c>user</c>, <c>group</c>, <c>room</c>, <c>message</c>, <c>menu</c>, <c>alias</c>, <c>audience</c>, <c>coupon</c>, <c>sending</c>, <c>batch</c>, <c>replyToken</c>, <c>readToken</c>, <c>unit</c>.</summary>
    public Dictionary<string, string> Owns { get; } = [];

    /// <summary>A call that must succeed; the answer with LINE's id of the request.</summary>
    public async Task<(JsonNode? Body, string RequestId)> CallAsync(HttpMethod method, string path, object? body = null, byte[]? bytes = null, string type = "application/json")
    {
        using var request = new HttpRequestMessage(method, new Uri(gateway, path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        request.Headers.TryAddWithoutValidation("X-Line-Bot-Id", Access.BotId.ToString());
        if (bytes is not null || body is not null)
        {
            request.Content = new ByteArrayContent(bytes ?? Encoding.UTF8.GetBytes(JsonSerializer.Serialize(body, JsonSerializerOptions.Web)));
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
        }

        using var answer = await http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        if (!answer.IsSuccessStatusCode)
            throw new InvalidOperationException($"{method} {path}: {(int)answer.StatusCode} {text}");
        return (text.StartsWith('{') ? JsonNode.Parse(text) : null, answer.Headers.GetValues("x-line-request-id").First());
    }

    public async Task<string> TokenAsync(string path, params (string, string)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Item1, field.Item2)));
        using var answer = await http.PostAsync(new Uri(gateway, path), form);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? JsonNode.Parse(text)!["access_token"]!.GetValue<string>() : throw new InvalidOperationException($"{path}: {text}");
    }

    public Task<string> StatelessAsync() =>
        TokenAsync("/oauth2/v3/token", ("grant_type", "client_credentials"), ("client_id", Access.ChannelId), ("client_secret", Access.ChannelSecret));

    public Task<string> ShortLivedAsync() =>
        TokenAsync("/v2/oauth/accessToken", ("grant_type", "client_credentials"), ("client_id", Access.ChannelId), ("client_secret", Access.ChannelSecret));
}
