using ModuleGateway.Upstream;

namespace ModuleGateway.Facade;

/// <summary>Has a word on each call that goes to LINE: all that are registered, in their order, before it goes; in the opposite order when LINE has answered.</summary>
internal interface ICallStep
{
    /// <summary>The call is admitted, its ids are LINE's. May change what of it goes to LINE.</summary>
    /// <returns>Null: it goes on. A refusal ends it; LINE is not called, and the steps before this one hear of it as of LINE's own.</returns>
    ValueTask<FacadeAnswer?> BeforeAsync(FacadeCall call, LineRequest request, CancellationToken cancellationToken);

    /// <summary>LINE has answered, or nobody knows whether it did. Not called where this step refused, or a step before it.</summary>
    /// <param name="answer">LINE's, its ids still LINE's; without a body where it is streamed.</param>
    /// <returns>What goes on.</returns>
    ValueTask<UpstreamAnswer> AfterAsync(FacadeCall call, LineRequest request, UpstreamAnswer answer, CancellationToken cancellationToken);
}
