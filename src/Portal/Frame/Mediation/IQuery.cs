using MediatR;

namespace Portal.Frame.Mediation;

/// <summary>Only reads: a save in it is refused.</summary>
public interface IQuery<out TResult> : IRequest<TResult>;
