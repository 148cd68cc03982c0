using System.Net;
using System.Text.Json;
using Sandbox.Tests.Support;

namespace Sandbox.Tests.Messaging;

public sealed class FlexRulesTests(SandboxHost host) : IClassFixture<SandboxHost>
{
    private const string Small = """{"type":"bubble","body":{"type":"box","layout":"vertical","contents":[{"type":"text","text":"x"}]}}""";

    /// <summary>A container, where the fault is, and the fault.</summary>
    public static TheoryData<string, string, string> Wrong => new()
    {
        { """{"type":"bubble"}""", "/", "At least one block must be specified" },
        { """{"type":"page"}""", "/type", "invalid property" },
        { """{}""", "/type", "must be specified" },
        { """{"type":"bubble","size":"huge","body":{"type":"box","layout":"vertical","contents":[]}}""", "/size", "invalid property" },
        { """{"type":"bubble","styles":{"type":"x"},"body":{"type":"box","layout":"vertical","contents":[]}}""", "/styles/type", "unknown field" },
        { """{"type":"bubble","styles":{"body":{"backgroundColor":"white"}},"body":{"type":"box","layout":"vertical","contents":[]}}""", "/styles/body/backgroundColor", "invalid property" },
        { """{"type":"bubble","body":{"type":"text","text":"x"}}""", "/body", "invalid property" },
        { """{"type":"bubble","hero":{"type":"image","url":"http://p.example/a.png"}}""", "/hero/url", "invalid uri scheme" },
        { """{"type":"bubble","hero":{"type":"image"}}""", "/hero/url", "must be specified" },
        { """{"type":"bubble","hero":{"type":"image","url":"https://p.example/a.png","aspectRatio":"1:4"}}""", "/hero/aspectRatio", "invalid property" },
        { """{"type":"bubble","hero":{"type":"image","url":"https://p.example/a.png","size":"12em"}}""", "/hero/size", "invalid property" },
        { """{"type":"bubble","body":{"type":"box","contents":[]}}""", "/body/layout", "must be specified" },
        { """{"type":"bubble","body":{"type":"box","layout":"vertical"}}""", "/body/contents", "must be specified" },
        { Body("""{"type":"text","text":""}"""), "/body/contents/0/text", "must be non-empty text" },
        { Body("""{"type":"text"}"""), "/body/contents/0/text", "must be non-empty text" },
        { Body("""{"type":"text","text":"x","contents":[{"type":"text","text":"y"}]}"""), "/body/contents/0/contents/0", "invalid property" },
        { Body("""{"type":"text","text":"x","color":"#12345"}"""), "/body/contents/0/color", "invalid property" },
        { Body("""{"type":"text","text":"x","size":"huge"}"""), "/body/contents/0/size", "invalid property" },
        { Body("""{"type":"text","text":"x","weight":"heavy"}"""), "/body/contents/0/weight", "invalid property" },
        { Body("""{"type":"text","text":"x","flex":"1"}"""), "/body/contents/0/flex", "invalid property" },
        { Body("""{"type":"text","text":"x","bold":true}"""), "/body/contents/0/bold", "unknown field" },
        { Body("""{"type":"text","text":"x","margin":"4em"}"""), "/body/contents/0/margin", "invalid property" },
        { Body("""{"type":"icon","url":"https://p.example/i.png"}"""), "/body/contents/0", "invalid property" },
        { Body("""{"type":"span","text":"x"}"""), "/body/contents/0", "invalid property" },
        { Body("""{"type":"spacer"}"""), "/body/contents/0", "invalid property" },
        { Body("""{"type":"box","layout":"baseline","contents":[{"type":"image","url":"https://p.example/i.png"}]}"""), "/body/contents/0/contents/0", "invalid property" },
        { Body("""{"type":"button"}"""), "/body/contents/0/action", "must be specified" },
        { Body("""{"type":"button","action":{"type":"uri","label":"x","uri":"javascript:alert(1)"}}"""), "/body/contents/0/action/uri", "invalid uri" },
        { Body("""{"type":"button","action":{"type":"message","text":"x"}}"""), "/body/contents/0/action/label", "May not be empty" },
        { Body("""{"type":"box","layout":"vertical","contents":[],"background":{"type":"linearGradient","angle":"400deg","startColor":"#000000","endColor":"#ffffff"}}"""), "/body/contents/0/background/angle", "invalid property" },
        { Body("""{"type":"box","layout":"vertical","contents":[],"background":{"type":"linearGradient","angle":"90deg","startColor":"#000000"}}"""), "/body/contents/0/background/endColor", "must be specified" },
        { Body("""{"type":"box","layout":"vertical","contents":[],"paddingAll":"-1px"}"""), "/body/contents/0/paddingAll", "invalid property" },
        { Body("""{"type":"video","url":"https://v.example/a.mp4","previewUrl":"https://v.example/a.png","altContent":{"type":"box","layout":"vertical","contents":[]}}"""), "/body/contents/0", "invalid property" },
        { """{"type":"bubble","size":"micro","hero":{"type":"video","url":"https://v.example/a.mp4","previewUrl":"https://v.example/a.png","altContent":{"type":"box","layout":"vertical","contents":[]}}}""", "/hero", "invalid property" },
        { """{"type":"bubble","hero":{"type":"video","url":"https://v.example/a.mp4","previewUrl":"https://v.example/a.png"}}""", "/hero/altContent", "must be specified" },
        { """{"type":"carousel","contents":[]}""", "/contents", "Size must be between 1 and 12" },
        { $$"""{"type":"carousel","contents":[{{string.Join(',', Enumerable.Repeat(Small, 13))}}]}""", "/contents", "Size must be between 1 and 12" },
        { $$"""{"type":"carousel","contents":[{{Small}},{{Small.Replace("\"bubble\"", "\"bubble\",\"size\":\"kilo\"")}}]}""", "/contents", "all bubbles must have the same size" },
        { $$"""{"type":"carousel","contents":[{{Small}},{{Small.Replace("\"text\":\"x\"", "\"text\":\"\"")}}]}""", "/contents/1/body/contents/0/text", "must be non-empty text" },
        { Body($$"""{"type":"text","text":"{{new string('x', 31_000)}}"}"""), "/", "Too large flex message. The maximum size of JSON data defining a bubble is 30 KB" },
        { $$"""{"type":"carousel","contents":[{{string.Join(',', Enumerable.Repeat(Body($$"""{"type":"text","text":"{{new string('x', 18_000)}}"}"""), 3))}}]}""", "/", "Too large flex message. The maximum size of JSON data defining a carousel is 50 KB" },
        { Body(string.Join(',', Enumerable.Repeat("""{"type":"image","url":"https://p.example/a.png","animated":true}""", 11))), "/", "animated can be specified for 10 images at most" },
    };

    public static TheoryData<string> Right =>
    [
        Flex(Small),
        Flex(Body("")),
        Flex("""
            {"type":"bubble","size":"giga","direction":"ltr","action":{"type":"uri","uri":"https://a.example"},
             "styles":{"header":{"backgroundColor":"#ffaa00"},"footer":{"separator":true,"separatorColor":"#00000080"}},
             "header":{"type":"box","layout":"horizontal","spacing":"md","contents":[{"type":"filler","flex":2},{"type":"text","text":"a","flex":0,"align":"end","gravity":"center","adjustMode":"shrink-to-fit","scaling":true}]},
             "hero":{"type":"video","url":"https://v.example/a.mp4","previewUrl":"https://v.example/a.png","aspectRatio":"20:13","altContent":{"type":"image","url":"https://v.example/a.png","size":"full"},"action":{"type":"uri","label":"more","uri":"https://a.example"}},
             "body":{"type":"box","layout":"vertical","paddingAll":"20px","cornerRadius":"xl","borderWidth":"semi-bold","borderColor":"#123456","background":{"type":"linearGradient","angle":"12.5deg","startColor":"#000000","endColor":"#FFFFFF00","centerColor":"#777777","centerPosition":"33.3%"},"contents":[
               {"type":"text","contents":[{"type":"span","text":"big ","size":"3xl","weight":"bold","color":"#ff0000"},{"type":"span","text":"small","decoration":"line-through","style":"italic"}],"wrap":true,"maxLines":2,"lineSpacing":"6px"},
               {"type":"separator","margin":"12px","color":"#cccccc"},
               {"type":"box","layout":"baseline","contents":[{"type":"icon","url":"https://p.example/i.png","size":"lg","aspectRatio":"2:1"},{"type":"text","text":"b","size":"14.5px","margin":"sm"}]},
               {"type":"image","url":"https://p.example/a.png","size":"50%","aspectMode":"cover","aspectRatio":"1.91:1","backgroundColor":"#eeeeee","animated":true},
               {"type":"box","layout":"vertical","contents":[],"position":"absolute","offsetTop":"10%","offsetStart":"md","width":"80px","height":"50%","maxWidth":"100%","justifyContent":"space-between","alignItems":"center","action":{"type":"message","text":"tap"}}]},
             "footer":{"type":"box","layout":"vertical","contents":[{"type":"button","style":"primary","height":"sm","color":"#4a3fa3","action":{"type":"postback","label":"a label of up to forty characters, here","data":"d"}}]}}
            """),
        Flex($$"""{"type":"carousel","contents":[{{string.Join(',', Enumerable.Repeat(Small, 12))}}]}"""),
        Flex($$"""{"type":"carousel","contents":[{{Small}},{{Small.Replace("\"bubble\"", "\"bubble\",\"size\":\"mega\"")}}]}"""),
    ];

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Given_a_wrong_flex_message_When_it_is_validated_Then_400_points_to_the_fault_in_LINEs_way(string container, string property, string fault)
    {
        await using var shop = await Shop.OpenAsync(host);

        var answer = await ValidateAsync(shop, """{"type":"text","text":"the first is right"}""", Flex(container));

        answer.ShouldBeRefused(HttpStatusCode.BadRequest, "A message (messages[1]) in the request body is invalid");
        var details = answer.Json.GetProperty("details").EnumerateArray().Select(detail => (detail.GetProperty("property").GetString(), detail.GetProperty("message").GetString())).ToList();
        details.ShouldBe([(property, fault)]);
    }

    [Theory]
    [MemberData(nameof(Right))]
    public async Task Given_a_right_flex_message_When_it_is_validated_Then_200(string message)
    {
        await using var shop = await Shop.OpenAsync(host);

        var answer = await ValidateAsync(shop, message);

        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
    }

    [Fact]
    public async Task Given_two_faults_in_one_flex_message_When_it_is_validated_Then_both_are_named()
    {
        await using var shop = await Shop.OpenAsync(host);

        var answer = await ValidateAsync(shop, Flex(Body("""{"type":"text","text":""},{"type":"text","text":"x","wrap":"yes"}""")));

        answer.Json.GetProperty("details").EnumerateArray().Select(detail => detail.GetProperty("property").GetString()).ShouldBe(["/body/contents/0/text", "/body/contents/1/wrap"]);
    }

    private static string Body(string contents) => $$$"""{"type":"bubble","body":{"type":"box","layout":"vertical","contents":[{{{contents}}}]}}""";

    private static string Flex(string container) => $$"""{"type":"flex","altText":"a","contents":{{container}}}""";

    private static Task<ApiAnswer> ValidateAsync(Shop shop, params string[] messages) =>
        shop.PostAsync("/v2/bot/message/validate/push", new { messages = messages.Select(message => JsonSerializer.Deserialize<JsonElement>(message)) });
}
