namespace Sandbox.Tests.Support;

/// <summary>Many people at once: LINE keeps small numbers to itself.</summary>
public static class Crowd
{
    /// <summary>New people who are friends of the shop, each with what LINE believes to know of them; their ids on the phone.</summary>
    public static async Task<IReadOnlyList<string>> JoinAsync(Shop shop, int count, Func<int, object?>? demographics = null)
    {
        var people = await Task.WhenAll(Enumerable.Range(0, count).Select(async number =>
        {
            var person = await shop.Host.PostAsync("/sandbox/api/people", new { name = $"Person {number}", demographics = demographics?.Invoke(number) });
            var id = person.GetProperty("id").GetString()!;
            await shop.Host.PostAsync($"/phone/api/chats/{shop.BotId}/{id}/follow", new { });
            return id;
        }));
        for (var i = 0; i < count; i++)
            await shop.Module.NextAsync("follow");
        return people;
    }

    /// <summary>A person's id as the module channel sees it.</summary>
    public static async Task<string> IdAsync(Shop shop, string person) =>
        (await shop.Host.GetAsync($"/sandbox/api/channels/{shop.ChannelId}/user-id?botId={shop.BotId}&personId={person}")).GetProperty("userId").GetString()!;

    /// <summary>The texts that a person has in this shop's chat.</summary>
    public static async Task<IReadOnlyList<string?>> TextsAsync(Shop shop, string person) =>
        [.. (await shop.Host.GetAsync($"/phone/api/chats/{shop.BotId}/{person}/messages")).GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("message").GetProperty("text").GetString())];
}
