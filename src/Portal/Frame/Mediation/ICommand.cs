using MediatR;

namespace Portal.Frame.Mediation;

/// <summary>Asks for a change. Its saves are one transaction, and there is a row in the audit log for what they changed.</summary>
public interface ICommand<out TResult> : IRequest<TResult>;
