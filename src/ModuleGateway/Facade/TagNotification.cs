using System.Text.Json;
using ModuleGateway.Journal;
using ModuleGateway.Store;
using ModuleGateway.Upstream;

namespace ModuleGateway.Facade;

/// <summary>Gives LINE a tag of ours with each notification message: LINE tells all modules of an account what it delivered, and only the sender is to hear it.</summary>
/// <remarks>Source: partner docs, "LINE notification messages": without a tag the <c>delivery</c> event says the hashed phone number.</remarks>
internal sealed class TagNotification(IGatewayStore store, DeliveryTags tags) : ICallStep
{
    private const string Header = "X-Line-Delivery-Tag";
    private const int LengthMin = 16, LengthMax = 100;

    public async ValueTask<FacadeAnswer?> BeforeAsync(FacadeCall call, LineRequest request, CancellationToken cancellationToken)
    {
        if (!call.Row.TakesDeliveryTag)
            return null;
        if (call.Header(Header) is { Length: < LengthMin or > LengthMax })
            return LineErrors.InvalidParameter(Header);

        var data = call.Header(Header) ?? Number(call.Body);
        if (data is not null)
            request.DeliveryTag = (await store.WriteAsync(tx => tags.Make(tx, call.Bot, call.Caller.Row.Id, data), cancellationToken)).Tag;
        return null; // Without a number LINE refuses it in its own words.
    }

    /// <summary>Of what LINE refused it will tell nothing.</summary>
    public async ValueTask<UpstreamAnswer> AfterAsync(FacadeCall call, LineRequest request, UpstreamAnswer answer, CancellationToken cancellationToken)
    {
        if (request.DeliveryTag is { } tag && answer.WasRefused)
        {
            await store.WriteAsync(
                tx =>
                {
                    tx.DeliveryTags.Remove(tag);
                    return true;
                },
                cancellationToken);
        }

        return answer;
    }

    private static string? Number(ReadOnlyMemory<byte> body)
    {
        using var json = JsonDocument.Parse(body);
        return json.RootElement.TryGetProperty("to", out var to) && to.ValueKind == JsonValueKind.String ? to.GetString() : null;
    }
}
