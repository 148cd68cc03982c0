using System.Text.Json;
using System.Text.Json.Nodes;
using ModuleGateway.Facade;

namespace ModuleGateway.Docs;

/// <summary>The facade as an OpenAPI 3.0 description, made from its table.</summary>
/// <remarks>
/// What is ours is here: which calls there are, the header that names the account, scope and standing, limits, refusals. Bodies are LINE's own and change with LINE:
/// they are described as objects, and where to read about them.
/// </remarks>
internal static class FacadeDescription
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static string Json { get; } = Write().ToJsonString(Indented);

    private static JsonObject Write() => new()
    {
        ["openapi"] = "3.0.3",
        ["info"] = new JsonObject
        {
            ["title"] = "LINE's Messaging API for modules",
            ["version"] = "1",
            ["description"] = "LINE's own calls at the gateway's origin. Bodies and answers are LINE's; user, group and room ids are those of the calling module's linkage.",
        },
        ["externalDocs"] = new JsonObject { ["url"] = "https://developers.line.biz/en/reference/messaging-api/", ["description"] = "LINE's reference: bodies and answers" },
        ["security"] = new JsonArray(new JsonObject { ["token"] = new JsonArray() }),
        ["paths"] = Paths(),
        ["components"] = new JsonObject
        {
            ["securitySchemes"] = new JsonObject { ["token"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer", ["description"] = "From POST /oauth2/v3/token, /oauth2/v2.1/token or /v2/oauth/accessToken at this origin." } },
            ["parameters"] = new JsonObject
            {
                ["Bot"] = Parameter("header", "X-Line-Bot-Id", "The account that the call is for: the destination of its webhooks.", "^U[0-9a-f]{32}$", isRequired: true),
                ["RetryKey"] = Parameter("header", "X-Line-Retry-Key", "A UUID of yours: a repeat with the same key within 24 hours is answered 409 and sends nothing.", null, isRequired: false),
                ["DeliveryTag"] = Parameter("header", "X-Line-Delivery-Tag", "What the delivery event is to say, 16 to 100 characters; without it, it says the hashed number.", null, isRequired: false),
            },
            ["responses"] = new JsonObject { ["Refused"] = Refusal() },
            ["schemas"] = new JsonObject
            {
                ["Error"] = new JsonObject
                {
                    ["type"] = "object",
                    ["required"] = new JsonArray("message"),
                    ["properties"] = new JsonObject
                    {
                        ["message"] = Text(),
                        ["details"] = new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "object", ["properties"] = new JsonObject { ["message"] = Text(), ["property"] = Text() } } },
                    },
                },
            },
        },
    };

    private static JsonObject Paths()
    {
        var paths = new JsonObject();
        foreach (var row in FacadeTable.All)
            Add(paths, row.Path, row.Method, Operation(row));
        foreach (var row in FacadeTable.OfModules)
            Add(paths, row.Path, row.Method, Operation(row));
        foreach (var call in CallFields.Tokens)
            Add(paths, call.Path, call.Method, Operation(call));
        return paths;
    }

    private static void Add(JsonObject paths, string path, HttpMethod method, JsonObject operation)
    {
        if (paths[path] is not JsonObject item)
            paths[path] = item = [];
        operation["operationId"] = OperationId(method, path);
        item[method.Method.ToLowerInvariant()] = operation;
    }

    /// <summary>As generators of clients name their methods by: <c>getRichmenuByRichMenuIdContent</c> for GET /v2/bot/richmenu/{richMenuId}/content.</summary>
    private static string OperationId(HttpMethod method, string path)
    {
        var words = path.Replace("/v2/bot/", "/", StringComparison.Ordinal).Replace("{", "by/", StringComparison.Ordinal).Split(['/', '}', '.', '-'], StringSplitOptions.RemoveEmptyEntries);
        return method.Method.ToLowerInvariant() + string.Concat(words.Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
    }

    private static JsonObject Operation(CallRow row)
    {
        var parameters = new JsonArray(new JsonObject { ["$ref"] = "#/components/parameters/Bot" });
        foreach (var name in row.Parameters)
            parameters.Add(Parameter("path", name, null, Pattern(name), isRequired: true));
        AddQuery(parameters, CallFields.QueryOf(row.Name));
        if (row.TakesRetryKey)
            parameters.Add(new JsonObject { ["$ref"] = "#/components/parameters/RetryKey" });
        if (row.TakesDeliveryTag)
            parameters.Add(new JsonObject { ["$ref"] = "#/components/parameters/DeliveryTag" });

        var operation = new JsonObject
        {
            ["summary"] = $"Scope {row.Rule.Scope ?? "none"}; who may: {CallList.Standing(row.Rule).Replace("`", "", StringComparison.Ordinal)}.",
            ["parameters"] = parameters,
            ["responses"] = Answers(),
        };
        if (row.Body != BodyKind.None)
        {
            var type = row.Body == BodyKind.Json ? "application/json" : "*/*";
            operation["requestBody"] = Body(type, new JsonObject { ["type"] = row.Body == BodyKind.Json ? "object" : "string" });
        }

        return operation;
    }

    private static JsonObject Operation(ModuleCallRow row)
    {
        var parameters = new JsonArray();
        AddQuery(parameters, CallFields.QueryOf($"{row.Method} {row.Path}"));
        var operation = new JsonObject { ["summary"] = "For the module itself: without X-Line-Bot-Id.", ["parameters"] = parameters, ["responses"] = Answers() };
        if (row.Method != HttpMethod.Get)
            operation["requestBody"] = Body("application/json", new JsonObject { ["type"] = "object" });
        return operation;
    }

    /// <summary>Its refusals have OAuth's shape, and no token opens it.</summary>
    private static JsonObject Operation(TokenCall call)
    {
        var operation = new JsonObject
        {
            ["summary"] = "Tokens of the module: refusals are OAuth's, see /docs/errors.", ["security"] = new JsonArray(),
            ["responses"] = new JsonObject { ["200"] = new JsonObject { ["description"] = "As LINE answers." }, ["4XX"] = new JsonObject { ["description"] = "Refused." } },
        };
        if (call.Method == HttpMethod.Get)
        {
            var parameters = new JsonArray();
            AddQuery(parameters, call.Fields);
            operation["parameters"] = parameters;
            return operation;
        }

        operation["requestBody"] = Body("application/x-www-form-urlencoded", new JsonObject
        {
            ["type"] = "object",
            ["required"] = new JsonArray([.. call.Fields.Where(field => field.IsRequired).Select(field => JsonValue.Create(field.Name))]),
            ["properties"] = new JsonObject(call.Fields.Select(field => KeyValuePair.Create(field.Name, (JsonNode?)Text()))),
        });
        return operation;
    }

    private static void AddQuery(JsonArray parameters, IReadOnlyList<CallField> fields)
    {
        foreach (var field in fields)
            parameters.Add(Parameter("query", field.Name, null, null, field.IsRequired));
    }

    private static JsonObject Body(string type, JsonObject schema) => new() { ["content"] = new JsonObject { [type] = new JsonObject { ["schema"] = schema } } };

    private static JsonObject Answers() => new()
    {
        ["2XX"] = new JsonObject { ["description"] = "As LINE answers." },
        ["4XX"] = new JsonObject { ["$ref"] = "#/components/responses/Refused" },
        ["5XX"] = new JsonObject { ["$ref"] = "#/components/responses/Refused" },
    };

    private static JsonObject Refusal() => new()
    {
        ["description"] = "Causes and cures: /docs/errors",
        ["headers"] = new JsonObject { ["x-line-request-id"] = new JsonObject { ["schema"] = Text() } },
        ["content"] = new JsonObject { ["application/json"] = new JsonObject { ["schema"] = new JsonObject { ["$ref"] = "#/components/schemas/Error" } } },
    };

    private static string? Pattern(string parameter) => parameter switch
    {
        "userId" => "^LU[0-9a-f]{32}-U[0-9a-f]{32}$",
        "groupId" => "^C[0-9a-f]{32}$",
        "roomId" => "^R[0-9a-f]{32}$",
        _ => null,
    };

    private static JsonObject Parameter(string place, string name, string? description, string? pattern, bool isRequired)
    {
        var schema = Text();
        if (pattern is not null)
            schema["pattern"] = pattern;
        var parameter = new JsonObject { ["name"] = name, ["in"] = place, ["required"] = isRequired, ["schema"] = schema };
        if (description is not null)
            parameter["description"] = description;
        return parameter;
    }

    private static JsonObject Text() => new() { ["type"] = "string" };
}
