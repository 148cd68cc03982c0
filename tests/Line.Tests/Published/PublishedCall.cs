using System.Text.Json.Nodes;

namespace Line.Tests.Published;

/// <summary>One call as LINE describes it.</summary>
public sealed record PublishedCall(Description Description, string Path, string Verb, JsonObject Operation, JsonArray? SharedParameters)
{
    public string Id => (string)Operation["operationId"]!;

    public string Host => (string?)Operation["servers"]?[0]?["url"] ?? Description.Server;

    public IEnumerable<JsonObject> Parameters => (SharedParameters ?? []).Concat(Operation["parameters"]?.AsArray() ?? []).Select(parameter => parameter!.AsObject());

    /// <summary>The form of its body, and what the body is written in.</summary>
    public (string Type, JsonObject Schema)? Body =>
        Operation["requestBody"]?["content"]?.AsObject().Select(content => (content.Key, content.Value!["schema"]!.AsObject())).First();

    /// <summary>The form of a successful answer in JSON.</summary>
    public JsonObject? Answer =>
        Operation["responses"]!.AsObject().Where(answer => answer.Key[0] == '2').Select(answer => answer.Value!["content"]?["application/json"]?["schema"]).FirstOrDefault(schema => schema is not null)?.AsObject();

    public int Status => Operation["responses"]!.AsObject().Select(answer => int.Parse(answer.Key)).First(status => status is >= 200 and < 300);
}
