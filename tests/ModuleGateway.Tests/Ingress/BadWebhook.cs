using BadInput;

namespace ModuleGateway.Tests.Ingress;

/// <summary>A webhook that LINE would not send.</summary>
/// <param name="How">What was done to a good one.</param>
/// <param name="Events">How many events it bears all the same, if it is to be taken; null: it is to be refused and nothing of it kept.</param>
/// <param name="Body">What is signed and sent.</param>
internal sealed record BadWebhook(string How, RawRequest Request, int? Events, byte[] Body)
{
    public override string ToString() => $"{How}: {Request}";
}
