using System.Text.Json.Nodes;
using System.Text.Json;
using ModuleGateway.AccountLinks;
using ModuleGateway.Store;

namespace ModuleGateway.Facade;

/// <summary>POST /v2/bot/user/{userId}/linkToken: LINE's token, inside one of ours.</summary>
internal sealed class LinkTokenCall(PassCall pass, LinkTokens tokens, IGatewayStore store)
{
    private const string Property = "linkToken";

    public async Task<FacadeAnswer> HandleAsync(FacadeCall call, CancellationToken cancellationToken)
    {
        var answer = await pass.HandleAsync(call, cancellationToken);
        if (answer.Status != 200 || JsonNode.Parse(answer.Body.Span) is not JsonObject body || body[Property] is not JsonValue value || value.GetValueKind() != JsonValueKind.String)
            return answer;

        var now = await store.ReadAsync(tx => tx.Now, cancellationToken);
        body[Property] = tokens.Seal(new LinkGrant(call.Caller.Row.Id, call.Caller.Row.IdGeneration, call.Bot, now + LinkTokens.Lifetime, value.GetValue<string>()));
        return answer with { Body = JsonSerializer.SerializeToUtf8Bytes(body) };
    }
}
