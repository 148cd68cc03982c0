using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace ModuleGateway.Tests.Ingress;

/// <summary>Event ids and types are an open set: what a database cannot keep as text, or in an index, is taken like every other.</summary>
public sealed class OddNamesTests(GatewayHost gateway) : IClassFixture<GatewayHost>
{
    public static TheoryData<string, string> Odd => new()
    {
        { "message\0", "01HZZZZZZZZZZZZZZZZZZZZZZ1" },
        { "message", "a zero \0 in it" },
        { "message", Convert.ToHexString(RandomNumberGenerator.GetBytes(6000)) },
        { Convert.ToHexString(RandomNumberGenerator.GetBytes(6000)), "01HZZZZZZZZZZZZZZZZZZZZZZ2" },
    };

    [Theory, MemberData(nameof(Odd), DisableDiscoveryEnumeration = true)]
    public async Task Given_an_event_whose_type_or_id_is_no_common_text_When_it_comes_twice_Then_it_is_taken_once_and_passed_on_as_it_was(string type, string id)
    {
        var shop = await gateway.NewShopAsync();
        var module = await shop.LinkAsync(answersFirst: true);
        var odd = shop.Message("alice", "hello", id: id);
        odd["type"] = type;
        await shop.PostAsync((JsonObject)odd.DeepClone());
        await shop.PostAsync((JsonObject)odd.DeepClone());
        await shop.WriteAsync("alice", "after");

        var got = await module.Module.NextAsync(type);
        ((string?)got["webhookEventId"]).ShouldBe(id);
        ((string?)(await module.Module.NextAsync("message"))["message"]!["text"]).ShouldBe("after");
    }
}
