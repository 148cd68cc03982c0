using Line;

namespace Marketplace.Outside;

/// <summary>LINE's console as the sandbox plays it: makes accounts and people to play with. Nothing here gives a consent.</summary>
internal sealed class SandboxConsole(HttpClient http, Uri sandbox)
{
    /// <summary>Makes an Official Account with a basic id of LINE's choice.</summary>
    public async Task<Account> AddAccountAsync(string name, CancellationToken cancellationToken) =>
        await PostAsync<Account>("/sandbox/api/accounts", new { name }, cancellationToken);

    public async Task<IReadOnlyList<Account>> AccountsAsync(CancellationToken cancellationToken) =>
        await GetAsync<List<Account>>("/sandbox/api/accounts", cancellationToken);

    /// <summary>Makes somebody who administers this account and no other.</summary>
    public async Task<Manager> AddAdministratorAsync(string email, string name, string password, BotId bot, CancellationToken cancellationToken)
    {
        await PostAsync<object>("/sandbox/api/managers", new { email, name, password }, cancellationToken);
        var address = new Uri(sandbox, $"/sandbox/api/managers/{Uri.EscapeDataString(email)}/rights/{bot}");
        using var answer = await http.PutAsJsonAsync(address, new { role = "administrator" }, cancellationToken);
        await OrThrowAsync(answer, cancellationToken);
        return new Manager(email, password);
    }

    /// <summary>Makes a LINE user.</summary>
    public async Task<Person> AddPersonAsync(string name, CancellationToken cancellationToken) =>
        await PostAsync<Person>("/sandbox/api/people", new { name, language = "en" }, cancellationToken);

    /// <summary>A channel, with its secret, as its owner sees it in LINE's console.</summary>
    public async Task<Channel?> FindChannelAsync(Func<Channel, bool> isIt, CancellationToken cancellationToken) =>
        (await GetAsync<List<Channel>>("/sandbox/api/channels", cancellationToken)).Find(channel => isIt(channel));

    /// <summary>Whether a module channel is attached to an account at LINE.</summary>
    public async Task<bool> IsLinkedAsync(BotId bot, string channelId, CancellationToken cancellationToken) =>
        (await GetAsync<List<Linkage>>($"/sandbox/api/accounts/{bot}/linkages", cancellationToken)).Exists(linkage => linkage.ChannelId == channelId);

    /// <summary>A person's id as LINE tells it to a channel: what no module may ever see.</summary>
    public async Task<string> UserIdAsync(string channelId, BotId bot, string personId, CancellationToken cancellationToken) =>
        (await GetAsync<UserIdView>($"/sandbox/api/channels/{channelId}/user-id?botId={bot}&personId={Uri.EscapeDataString(personId)}", cancellationToken)).UserId;

    private async Task<T> GetAsync<T>(string path, CancellationToken cancellationToken)
    {
        using var answer = await http.GetAsync(new Uri(sandbox, path), cancellationToken);
        return await ReadAsync<T>(answer, cancellationToken);
    }

    private async Task<T> PostAsync<T>(string path, object body, CancellationToken cancellationToken)
    {
        using var answer = await http.PostAsJsonAsync(new Uri(sandbox, path), body, cancellationToken);
        return await ReadAsync<T>(answer, cancellationToken);
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        await OrThrowAsync(answer, cancellationToken);
        return (await answer.Content.ReadFromJsonAsync<T>(cancellationToken))!;
    }

    private static async Task OrThrowAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        if (answer.IsSuccessStatusCode)
            return;

        var words = await answer.Content.ReadAsStringAsync(cancellationToken);
        throw new HttpRequestException($"{answer.RequestMessage!.Method} {answer.RequestMessage.RequestUri} answered {(int)answer.StatusCode} {words}", null, answer.StatusCode);
    }

    /// <summary>An Official Account.</summary>
    internal sealed record Account(BotId BotId, string Name, string EnglishName, string BasicId)
    {
        /// <summary>Whether people call it so.</summary>
        public bool IsCalled(string name) => new[] { Name, EnglishName, BasicId }.Contains(name, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Somebody who can sign in at LINE's account manager.</summary>
    internal sealed record Manager(string Email, string Password);

    /// <summary>A LINE user.</summary>
    internal sealed record Person(string Id, string Name);

    /// <summary>A channel at LINE.</summary>
    internal sealed record Channel(string ChannelId, string ChannelSecret, string Kind, string? WebhookUrl);

    private sealed record Linkage(string ChannelId);

    private sealed record UserIdView(string UserId);
}
