using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Sandbox.Tests.Support;

namespace Sandbox.Tests.RichMenus;

public sealed class RichMenuTests(SandboxHost host) : IClassFixture<SandboxHost>
{
    private static readonly object Full = new { x = 0, y = 0, width = 2500, height = 1686 };

    [Fact]
    public async Task Given_a_menu_with_an_image_When_it_is_the_default_Then_friends_see_it_and_the_image_comes_back_as_it_was()
    {
        await using var shop = await Shop.OpenAsync(host, scopes: Shop.EveryScope);
        var id = await CreateAsync(shop);
        var image = Pictures.Jpeg(2500, 1686);

        (await shop.PostAsync($"/v2/bot/user/all/richmenu/{id}")).ShouldBeRefused(HttpStatusCode.BadRequest, "must upload richmenu image before applying it to user");
        (await shop.GetAsync($"/v2/bot/richmenu/{id}/content")).ShouldBeRefused(HttpStatusCode.NotFound, "Not found");
        (await UploadAsync(shop, id, image, "image/jpeg")).ShouldBeEmpty();
        (await shop.GetAsync("/v2/bot/user/all/richmenu")).ShouldBeRefused(HttpStatusCode.NotFound, "no default richmenu");
        (await shop.PostAsync($"/v2/bot/user/all/richmenu/{id}")).ShouldBeEmpty();

        var content = await shop.GetAsync($"/v2/bot/richmenu/{id}/content");
        content.Bytes.ShouldBe(image);
        content.ContentType.ShouldBe("image/jpeg");
        (await shop.GetAsync("/v2/bot/user/all/richmenu")).Json.GetProperty("richMenuId").GetString().ShouldBe(id);
        var shown = await MenuAsync(shop);
        shown!.Value.GetProperty("richMenuId").GetString().ShouldBe(id);
        shown.Value.GetProperty("areas")[0].GetProperty("action").GetProperty("text").GetString().ShouldBe("hello");
        using var picture = await host.Http.GetAsync(shown.Value.GetProperty("imageUrl").GetString());
        (await picture.Content.ReadAsByteArrayAsync()).ShouldBe(image);

        (await shop.DeleteAsync("/v2/bot/user/all/richmenu")).ShouldBeEmpty();
        (await MenuAsync(shop)).ShouldBeNull();
    }

    [Fact]
    public async Task Given_a_default_and_a_menu_of_ones_own_When_the_chat_is_opened_Then_ones_own_comes_first_and_who_is_no_friend_sees_the_default_only()
    {
        await using var shop = await Shop.OpenAsync(host, scopes: Shop.EveryScope);
        var userId = await shop.UserIdAsync();
        var common = await ReadyAsync(shop);
        var own = await ReadyAsync(shop);
        await shop.PostAsync($"/v2/bot/user/all/richmenu/{common}");

        (await shop.GetAsync($"/v2/bot/user/{userId}/richmenu")).ShouldBeRefused(HttpStatusCode.NotFound, "the user has no richmenu");
        (await shop.PostAsync($"/v2/bot/user/{userId}/richmenu/{own}")).ShouldBeEmpty();
        (await shop.GetAsync($"/v2/bot/user/{userId}/richmenu")).Json.GetProperty("richMenuId").GetString().ShouldBe(own);
        (await MenuAsync(shop))!.Value.GetProperty("richMenuId").GetString().ShouldBe(own);
        (await host.GetAsync($"/phone/api/chats/{shop.BotId}/hana/richmenu")).GetProperty("richMenuId").GetString().ShouldBe(common);
        await shop.BlockAsync();
        (await MenuAsync(shop)).ShouldBeNull();
        await shop.FollowAsync();

        (await shop.DeleteAsync($"/v2/bot/richmenu/{own}")).ShouldBeEmpty();
        (await shop.GetAsync($"/v2/bot/user/{userId}/richmenu")).ShouldBeRefused(HttpStatusCode.NotFound, "the user has no richmenu");
        (await MenuAsync(shop))!.Value.GetProperty("richMenuId").GetString().ShouldBe(common);
    }

    [Fact]
    public async Task Given_an_open_chat_with_a_menu_of_its_own_When_that_menu_is_deleted_Then_the_phone_is_told_to_look_again()
    {
        await using var shop = await Shop.OpenAsync(host, scopes: Shop.EveryScope);
        var own = await ReadyAsync(shop);
        (await shop.PostAsync($"/v2/bot/user/{await shop.UserIdAsync()}/richmenu/{own}")).ShouldBeEmpty();
        var (response, items) = await EventStream.OpenAsync(host, $"{shop.Chat}/stream");
        using var _ = response;

        (await shop.DeleteAsync($"/v2/bot/richmenu/{own}")).ShouldBeEmpty();

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (items.Current.EventType != "richMenu")
            (await items.MoveNextAsync().AsTask().WaitAsync(limit.Token)).ShouldBeTrue();
    }

    [Fact]
    public async Task Given_another_channel_of_the_same_account_When_it_asks_for_a_menu_Then_for_it_there_is_none_but_the_default_is_refused_as_anothers()
    {
        await using var shop = await Shop.OpenAsync(host, scopes: Shop.EveryScope);
        await using var other = await Shop.NewAsync(host, isDefaultActive: false);
        await host.Http.PutAsync($"/sandbox/api/managers/{other.ManagerEmail}/rights/{shop.BotId}", System.Net.Http.Json.JsonContent.Create(new { role = "administrator" }));
        await AttachAsync(other, shop.BotId);
        var id = await ReadyAsync(shop);
        await shop.PostAsync($"/v2/bot/user/all/richmenu/{id}");
        await shop.PostAsync("/v2/bot/richmenu/alias", new { richMenuAliasId = "home", richMenuId = id });

        Task<ApiAnswer> Foreign(HttpMethod method, string path, object? body = null) => other.CallAsync(method, path, body, botId: shop.BotId);
        (await Foreign(HttpMethod.Get, $"/v2/bot/richmenu/{id}")).ShouldBeRefused(HttpStatusCode.NotFound, "Not found");
        (await Foreign(HttpMethod.Delete, $"/v2/bot/richmenu/{id}")).ShouldBeRefused(HttpStatusCode.NotFound, "Not found");
        (await Foreign(HttpMethod.Get, $"/v2/bot/richmenu/{id}/content")).ShouldBeRefused(HttpStatusCode.NotFound, "Not found");
        (await Foreign(HttpMethod.Get, "/v2/bot/richmenu/list")).Json.GetProperty("richmenus").GetArrayLength().ShouldBe(0);
        (await Foreign(HttpMethod.Get, "/v2/bot/richmenu/alias/home")).ShouldBeRefused(HttpStatusCode.NotFound, "richmenu alias not found");
        (await Foreign(HttpMethod.Post, "/v2/bot/richmenu/alias", new { richMenuAliasId = "mine", richMenuId = id })).ShouldBeRefused(HttpStatusCode.BadRequest, "richmenu not found");
        (await Foreign(HttpMethod.Get, "/v2/bot/user/all/richmenu")).ShouldBeRefused(HttpStatusCode.Forbidden, "the richmenu is owned by another channel");
        (await Foreign(HttpMethod.Delete, "/v2/bot/user/all/richmenu")).ShouldBeRefused(HttpStatusCode.Forbidden, "the richmenu is owned by another channel");
        (await shop.GetAsync($"/v2/bot/richmenu/{id}")).Json.GetProperty("name").GetString().ShouldBe("Menu");
    }

    [Theory]
    [InlineData("""{"size":{"width":799,"height":400}}""", "size.width: Must be between 800 and 2500")]
    [InlineData("""{"size":{"width":2501,"height":400}}""", "size.width: Must be between 800 and 2500")]
    [InlineData("""{"size":{"width":800,"height":249}}""", "size.height: Must be between 250 and 2147483647")]
    [InlineData("""{"size":{"width":1449,"height":1000},"areas":[]}""", "size: The width/height ratio must be 1.45 or more")]
    [InlineData("""{"name":null,"chatBarText":"123456789012345"}""", "name: must be specified", "chatBarText: Length must be between 0 and 14")]
    [InlineData("""{"selected":null}""", "selected: must be specified")]
    [InlineData("""{"areas":[{"bounds":{"x":-1,"y":0,"width":0,"height":10},"action":{"type":"message","text":"x"}}]}""", "areas[0].bounds.x: Must be between 0 and 2147483647", "areas[0].bounds.width: Must be between 1 and 2147483647")]
    [InlineData("""{"areas":[{"bounds":{"x":1667,"y":0,"width":844,"height":10},"action":{"type":"message","text":"x"}}]}""", "areas[0].bounds: must be inside the rich menu")]
    [InlineData("""{"areas":[{"bounds":{"x":0,"y":0,"width":9,"height":9},"action":{"type":"uri","uri":"javascript:alert(1)"}}]}""", "areas[0].action.uri: invalid uri")]
    [InlineData("""{"areas":[{"bounds":{"x":0,"y":0,"width":9,"height":9},"action":{"type":"richmenuswitch","richMenuAliasId":"Menu A","data":"a"}}]}""", "areas[0].action.richMenuAliasId: invalid property")]
    public async Task Given_a_menu_that_LINE_refuses_When_it_is_created_or_validated_Then_400_names_each_fault(string changes, params string[] faults)
    {
        await using var shop = await Shop.OpenAsync(host, scopes: Shop.EveryScope);
        var menu = JsonSerializer.SerializeToNode(Menu())!.AsObject();
        foreach (var (name, value) in System.Text.Json.Nodes.JsonNode.Parse(changes)!.AsObject())
        {
            if (value is null)
                menu.Remove(name);
            else
                menu[name] = value.DeepClone();
        }

        (await shop.PostAsync("/v2/bot/richmenu/validate", menu)).ShouldBeFaulty(faults);
        (await shop.PostAsync("/v2/bot/richmenu", menu)).ShouldBeFaulty(faults);
        (await shop.PostAsync("/v2/bot/richmenu/validate", Menu())).ShouldBeEmpty();
        (await shop.GetAsync("/v2/bot/richmenu/list")).Json.GetProperty("richmenus").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Given_areas_that_reach_over_the_edge_by_a_pixel_and_21_areas_When_the_menu_is_validated_Then_the_pixel_passes_and_the_21st_does_not()
    {
        await using var shop = await Shop.OpenAsync(host, scopes: Shop.EveryScope);
        var area = new { bounds = new { x = 1667, y = 0, width = 834, height = 1686 }, action = new { type = "richmenuswitch", richMenuAliasId = "menu-b", data = "b" } };

        (await shop.PostAsync("/v2/bot/richmenu/validate", Menu(Enumerable.Repeat<object>(area, 20)))).ShouldBeEmpty();
        (await shop.PostAsync("/v2/bot/richmenu/validate", Menu(Enumerable.Repeat<object>(area, 21)))).ShouldBeFaulty("areas: Size must be between 0 and 20");
    }

    [Fact]
    public async Task Given_images_that_LINE_refuses_When_they_are_uploaded_Then_each_is_refused_and_the_right_one_is_taken_once()
    {
        await using var shop = await Shop.OpenAsync(host, scopes: Shop.EveryScope);
        var id = await CreateAsync(shop);

        (await UploadAsync(shop, id, Pictures.Png(2500, 1686), "image/gif")).Status.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        (await UploadAsync(shop, id, Pictures.Png(2500, 1686), "image/jpeg")).Status.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        (await UploadAsync(shop, id, [1, 2, 3], "image/png")).Status.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        (await UploadAsync(shop, id, Pictures.Png(799, 500), "image/png")).ShouldBeRefused(HttpStatusCode.BadRequest, "The image size is not allowed for richmenu");
        (await UploadAsync(shop, id, Pictures.Png(2501, 1000), "image/png")).ShouldBeRefused(HttpStatusCode.BadRequest, "The image size is not allowed for richmenu");
        (await UploadAsync(shop, id, Pictures.Png(1000, 249), "image/png")).ShouldBeRefused(HttpStatusCode.BadRequest, "The image size is not allowed for richmenu");
        (await UploadAsync(shop, id, Pictures.Jpeg(1000, 700), "image/jpeg")).ShouldBeRefused(HttpStatusCode.BadRequest, "The image size is not allowed for richmenu");
        (await UploadAsync(shop, id, Pictures.Png(2500, 1686, 1024 * 1024 + 1), "image/png")).Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await UploadAsync(shop, $"richmenu-{new string('0', 32)}", Pictures.Png(2500, 1686), "image/png")).ShouldBeRefused(HttpStatusCode.NotFound, "Not found");
        (await UploadAsync(shop, id, Pictures.Png(2500, 1686, 1024 * 1024), "image/png")).ShouldBeEmpty();
        (await UploadAsync(shop, id, Pictures.Png(2500, 1686), "image/png")).ShouldBeRefused(HttpStatusCode.BadRequest, "An image has already been uploaded to the richmenu");
    }

    [Fact]
    public async Task Given_aliases_When_a_switch_is_tapped_Then_the_persons_own_menu_changes_and_the_postback_says_how_it_ended()
    {
        await using var shop = await Shop.OpenAsync(host, scopes: Shop.EveryScope);
        object Switch(string alias) => new { bounds = Full, action = new { type = "richmenuswitch", richMenuAliasId = alias, data = $"to-{alias}" } };
        var first = await ReadyAsync(shop, [Switch("second"), Switch("nowhere")]);
        var second = await ReadyAsync(shop, [Switch("first")]);
        await shop.PostAsync($"/v2/bot/user/all/richmenu/{first}");
        (await shop.PostAsync("/v2/bot/richmenu/alias", new { richMenuAliasId = "first", richMenuId = first })).ShouldBeEmpty();
        (await shop.PostAsync("/v2/bot/richmenu/alias", new { richMenuAliasId = "second", richMenuId = second })).ShouldBeEmpty();

        await TapAsync(shop, first, area: 0);
        var switched = (await shop.Module.NextAsync("postback")).Event.GetProperty("postback");
        switched.GetProperty("data").GetString().ShouldBe("to-second");
        switched.GetProperty("params").GetRawText().ShouldBe("""{"newRichMenuAliasId":"second","status":"SUCCESS"}""");
        (await MenuAsync(shop))!.Value.GetProperty("richMenuId").GetString().ShouldBe(second);
        (await shop.GetAsync($"/v2/bot/user/{await shop.UserIdAsync()}/richmenu")).Json.GetProperty("richMenuId").GetString().ShouldBe(second);

        await shop.DeleteAsync($"/v2/bot/richmenu/{first}");
        await TapAsync(shop, second, area: 0);
        (await shop.Module.NextAsync("postback")).Event.GetProperty("postback").GetProperty("params").GetRawText().ShouldBe("""{"status":"RICHMENU_NOTFOUND"}""");
        (await shop.DeleteAsync("/v2/bot/richmenu/alias/first")).ShouldBeEmpty();
        await TapAsync(shop, second, area: 0);
        (await shop.Module.NextAsync("postback")).Event.GetProperty("postback").GetProperty("params").GetRawText().ShouldBe("""{"status":"RICHMENU_ALIAS_ID_NOTFOUND"}""");
    }

    [Fact]
    public async Task Given_aliases_When_they_are_made_changed_listed_and_deleted_Then_LINEs_rules_hold()
    {
        await using var shop = await Shop.OpenAsync(host, scopes: Shop.EveryScope);
        var bare = await CreateAsync(shop);
        var menu = await ReadyAsync(shop);

        (await shop.PostAsync("/v2/bot/richmenu/alias", new { richMenuAliasId = "a", richMenuId = bare })).ShouldBeRefused(HttpStatusCode.BadRequest, "must upload richmenu image before applying it to user");
        (await shop.PostAsync("/v2/bot/richmenu/alias", new { richMenuAliasId = "a", richMenuId = "menu" })).ShouldBeRefused(HttpStatusCode.BadRequest, "invalid richMenuId");
        (await shop.PostAsync("/v2/bot/richmenu/alias", new { richMenuAliasId = "A!", richMenuId = menu })).ShouldBeFaulty("richMenuAliasId: invalid property");
        (await shop.PostAsync("/v2/bot/richmenu/alias", new { richMenuAliasId = "a", richMenuId = menu })).ShouldBeEmpty();
        (await shop.PostAsync("/v2/bot/richmenu/alias", new { richMenuAliasId = "a", richMenuId = menu })).ShouldBeRefused(HttpStatusCode.BadRequest, "conflict richmenu alias id");
        (await shop.PostAsync("/v2/bot/richmenu/alias/b", new { richMenuId = menu })).ShouldBeRefused(HttpStatusCode.NotFound, "richmenu alias not found");
        var next = await ReadyAsync(shop);
        (await shop.PostAsync("/v2/bot/richmenu/alias/a", new { richMenuId = next })).ShouldBeEmpty();

        (await shop.GetAsync("/v2/bot/richmenu/alias/a")).Json.GetProperty("richMenuId").GetString().ShouldBe(next);
        (await shop.GetAsync("/v2/bot/richmenu/alias/list")).Json.GetProperty("aliases").GetArrayLength().ShouldBe(1);
        (await shop.DeleteAsync("/v2/bot/richmenu/alias/a")).ShouldBeEmpty();
        (await shop.DeleteAsync("/v2/bot/richmenu/alias/a")).ShouldBeRefused(HttpStatusCode.NotFound, "richmenu alias not found");
    }

    [Fact]
    public async Task Given_many_people_When_a_menu_is_linked_in_bulk_Then_202_and_one_malformed_id_refuses_all()
    {
        await using var shop = await Shop.OpenAsync(host, scopes: Shop.EveryScope);
        var menu = await ReadyAsync(shop);
        var userId = await shop.UserIdAsync();
        var nobody = $"LU{new string('0', 32)}-{shop.BotId}";

        (await shop.PostAsync("/v2/bot/richmenu/bulk/link", new { richMenuId = menu, userIds = new[] { userId, "U1" } }))
            .ShouldBeRefused(HttpStatusCode.BadRequest, "The property, 'userIds[1]', in the request body is invalid (line: -, column: -)");
        (await MenuAsync(shop)).ShouldBeNull();
        (await shop.PostAsync("/v2/bot/richmenu/bulk/link", new { richMenuId = "x", userIds = new[] { userId } })).ShouldBeRefused(HttpStatusCode.BadRequest, "invalid richMenuId");
        (await shop.PostAsync("/v2/bot/richmenu/bulk/link", new { richMenuId = $"richmenu-{new string('0', 32)}", userIds = new[] { userId } })).ShouldBeRefused(HttpStatusCode.NotFound, "richmenu not found");
        (await shop.PostAsync("/v2/bot/richmenu/bulk/link", new { richMenuId = menu, userIds = Enumerable.Repeat(userId, 501) })).ShouldBeFaulty("userIds: Size must be between 1 and 500");
        (await shop.PostAsync("/v2/bot/richmenu/bulk/link", new { richMenuId = menu, userIds = new[] { userId, nobody } })).ShouldBeEmpty(HttpStatusCode.Accepted);
        (await MenuAsync(shop))!.Value.GetProperty("richMenuId").GetString().ShouldBe(menu);
        (await shop.PostAsync("/v2/bot/richmenu/bulk/unlink", new { userIds = new[] { userId } })).ShouldBeEmpty(HttpStatusCode.Accepted);
        (await MenuAsync(shop)).ShouldBeNull();
    }

    [Fact]
    public async Task Given_linked_people_When_a_batch_swaps_two_menus_Then_each_gets_the_others_and_the_progress_says_so()
    {
        await using var shop = await Shop.OpenAsync(host, scopes: Shop.EveryScope);
        var one = await ReadyAsync(shop);
        var two = await ReadyAsync(shop);
        await shop.PostAsync($"/v2/bot/user/{await shop.UserIdAsync()}/richmenu/{one}");
        var swap = new { operations = new[] { new { type = "link", from = one, to = two }, new { type = "link", from = two, to = one } }, resumeRequestKey = "swap-1" };

        (await shop.PostAsync("/v2/bot/richmenu/validate/batch", swap)).ShouldBeEmpty();
        (await shop.PostAsync("/v2/bot/richmenu/validate/batch", new { operations = new object[] { new { type = "unlink", from = one }, new { type = "unlinkAll" } } }))
            .ShouldBeFaulty("operations[1].type: unlinkAll must be the only operation");
        (await shop.PostAsync("/v2/bot/richmenu/validate/batch", new { operations = new[] { new { type = "unlink", from = one }, new { type = "unlink", from = one } } }))
            .ShouldBeFaulty("operations[1].from: The same rich menu is named twice");
        var accepted = await shop.PostAsync("/v2/bot/richmenu/batch", swap);
        accepted.ShouldBeEmpty(HttpStatusCode.Accepted);
        (await shop.GetAsync($"/v2/bot/richmenu/progress/batch?requestId={Guid.NewGuid()}")).ShouldBeRefused(HttpStatusCode.NotFound, "Not found");
        await host.MoveClockAsync(TimeSpan.FromSeconds(10));

        var progress = (await shop.GetAsync($"/v2/bot/richmenu/progress/batch?requestId={accepted.RequestId}")).Json;
        progress.GetProperty("phase").GetString().ShouldBe("succeeded");
        progress.GetProperty("completedTime").GetDateTimeOffset().ShouldBeGreaterThan(progress.GetProperty("acceptedTime").GetDateTimeOffset());
        (await MenuAsync(shop))!.Value.GetProperty("richMenuId").GetString().ShouldBe(two);

        await shop.PostAsync("/v2/bot/richmenu/batch", swap); // The same key: resumed, and nothing is left to do.
        await host.MoveClockAsync(TimeSpan.FromSeconds(10));
        (await MenuAsync(shop))!.Value.GetProperty("richMenuId").GetString().ShouldBe(two);
        var last = await shop.PostAsync("/v2/bot/richmenu/batch", new { operations = new[] { new { type = "unlinkAll" } } });
        await host.MoveClockAsync(TimeSpan.FromSeconds(10));
        (await shop.GetAsync($"/v2/bot/richmenu/progress/batch?requestId={last.RequestId}")).Json.GetProperty("phase").GetString().ShouldBe("succeeded");
        (await MenuAsync(shop)).ShouldBeNull();
    }

    [Fact]
    public async Task Given_three_batches_in_an_hour_When_a_fourth_comes_Then_429_and_after_20_minutes_one_more_is_taken()
    {
        await using var shop = await Shop.OpenAsync(host, scopes: Shop.EveryScope);
        var body = new { operations = new[] { new { type = "unlinkAll" } } };
        for (var i = 0; i < 3; i++)
            (await shop.PostAsync("/v2/bot/richmenu/batch", body)).ShouldBeEmpty(HttpStatusCode.Accepted);

        (await shop.PostAsync("/v2/bot/richmenu/batch", body)).ShouldBeRefused(HttpStatusCode.TooManyRequests, "The API rate limit has been exceeded. Try again later.");
        await host.MoveClockAsync(TimeSpan.FromMinutes(20));
        (await shop.PostAsync("/v2/bot/richmenu/batch", body)).ShouldBeEmpty(HttpStatusCode.Accepted);
        (await shop.PostAsync("/v2/bot/richmenu/batch", body)).Status.ShouldBe(HttpStatusCode.TooManyRequests);
    }

    internal static object Menu(IEnumerable<object>? areas = null) => new
    {
        size = new { width = 2500, height = 1686 },
        selected = true,
        name = "Menu",
        chatBarText = "Tap here",
        areas = areas ?? [new { bounds = Full, action = new { type = "message", label = "Say hello", text = "hello" } }],
    };

    internal static async Task<string> CreateAsync(Shop shop, IEnumerable<object>? areas = null)
    {
        var created = await shop.PostAsync("/v2/bot/richmenu", Menu(areas));
        created.Status.ShouldBe(HttpStatusCode.OK, created.Text);
        var id = created.Json.GetProperty("richMenuId").GetString()!;
        id.ShouldMatch("^richmenu-[0-9a-f]{32}$");
        return id;
    }

    internal static async Task<string> ReadyAsync(Shop shop, IEnumerable<object>? areas = null)
    {
        var id = await CreateAsync(shop, areas);
        (await UploadAsync(shop, id, Pictures.Png(2500, 1686), "image/png")).ShouldBeEmpty();
        return id;
    }

    internal static async Task<ApiAnswer> UploadAsync(Shop shop, string id, byte[] image, string type)
    {
        using var content = new ByteArrayContent(image);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        return await shop.SendAsync(HttpMethod.Post, $"/v2/bot/richmenu/{id}/content", content);
    }

    private static async Task<JsonElement?> MenuAsync(Shop shop)
    {
        var menu = await shop.Host.GetAsync($"{shop.Chat}/richmenu");
        return menu.ValueKind == JsonValueKind.Undefined ? null : menu;
    }

    private static Task<JsonElement> TapAsync(Shop shop, string menuId, int area) => shop.Host.PostAsync($"{shop.Chat}/richmenu/tap", new { richMenuId = menuId, area });

    private static async Task AttachAsync(Shop other, string botId)
    {
        var scope = string.Join(' ', Shop.EveryScope);
        var callback = await other.ConsentAsync(other.AuthorizeUrl(("scope", scope)), Shop.EveryScope, botId: botId);
        using var answer = await other.ExchangeAsync(callback["code"]!, ("scope", scope));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
    }
}
