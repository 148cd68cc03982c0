using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LiveDesk;
using Modules.Tests.Platform;

namespace Modules.Tests.LiveDesk;

/// <summary>A desk, a platform, and a customer of their own.</summary>
public abstract class DeskTest : IAsyncLifetime
{
    protected string Alice { get; } = Events.NewUser();

    protected FakePlatform Platform { get; private set; } = null!;

    protected ModuleUnderTest Desk { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Platform = await FakePlatform.StartAsync();
        Desk = await new ModuleUnderTest(LiveDeskApp.Build, Platform).StartAsync();
    }

    public async Task DisposeAsync()
    {
        await Desk.DisposeAsync();
        await Platform.DisposeAsync();
    }

    protected static bool IsPush(PlatformCall call) => call.Path == "/v2/bot/message/push";

    protected static bool IsAcquire(PlatformCall call) => call.Path.EndsWith("/control/acquire", StringComparison.Ordinal);

    protected static bool IsRelease(PlatformCall call) => call.Path.EndsWith("/control/release", StringComparison.Ordinal);

    protected Uri Api(string path) => new(Desk.Origin, $"/desk/api{path}");

    protected async Task<JsonElement> GetAsync(string path) => await Desk.Http.GetFromJsonAsync<JsonElement>(Api(path));

    protected Task<HttpResponseMessage> PostAsync(string path, object? body = null) => Desk.Http.PostAsJsonAsync(Api(path), body ?? new { });

    protected static async Task<string> CodeAsync(HttpResponseMessage response) =>
        (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString()!;

    /// <summary>The stream of changes, already open: from here on none is missed.</summary>
    protected async Task<ChangeStream> ListenAsync()
    {
        var response = await Desk.Http.GetAsync(Api("/stream"), HttpCompletionOption.ResponseHeadersRead);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var stream = new ChangeStream(await response.Content.ReadAsStreamAsync());
        await stream.NextAsync(); // The desk's word that it listens.
        return stream;
    }

    /// <summary>The conversation of this customer, once it is as expected; looked at anew with every change that the desk tells.</summary>
    protected async Task<JsonElement> UntilAsync(ChangeStream changes, Func<JsonElement, bool> isSo)
    {
        while (true)
        {
            var chats = (await GetAsync("/chats")).GetProperty("chats").EnumerateArray();
            if (chats.FirstOrDefault(chat => chat.GetProperty("chatId").GetString() == Alice) is { ValueKind: JsonValueKind.Object } chat)
            {
                var conversation = await GetAsync($"/chats/{chat.GetProperty("id").GetInt64()}");
                if (isSo(conversation))
                    return conversation;
            }

            await changes.NextAsync();
        }
    }

    /// <summary>The customer asks for a person and the desk takes the chat; its number.</summary>
    protected async Task<long> TakenChatAsync()
    {
        using var changes = await ListenAsync();
        await Desk.SendAsync(Events.Text(Alice, "我要找真人", mode: "standby"));
        var conversation = await UntilAsync(changes, c => IsHeld(c) && Texts(c).Any(text => text.Contains("已為您轉接", StringComparison.Ordinal)) && Name(c) is not null);
        return conversation.GetProperty("chat").GetProperty("id").GetInt64();
    }

    protected static bool IsHeld(JsonElement conversation) => conversation.GetProperty("chat").GetProperty("isHeld").GetBoolean();

    protected static string? Name(JsonElement conversation) => conversation.GetProperty("chat").GetProperty("name").GetString();

    protected static IEnumerable<string> Texts(JsonElement conversation) =>
        conversation.GetProperty("messages").EnumerateArray().Where(line => line.GetProperty("kind").GetString() != "note").Select(line => line.GetProperty("text").GetString()!);
}
