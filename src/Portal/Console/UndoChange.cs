using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Portal.Identity;
using Tenancy;

namespace Portal.Console;

/// <summary>Takes back the change that a ticket names, by the opposite command, for as long as the ticket is good.</summary>
public static class UndoChange
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/o/{slug}/undo", PostAsync).WithMetadata(new NeedsRightAttribute(Right.RunModules)).ForFormsOnly();

    private static async Task<RedirectHttpResult> PostAsync([FromForm] string? ticket, CurrentMember member, IMediator mediator, UndoTicket tickets, CancellationToken cancellationToken)
    {
        if (tickets.Open(ticket, member.Organisation.Id) is not { } change)
            return Said.OnAccounts(member, Said.UndoTooLate);

        var undone = change.Kind switch
        {
            UndoTicket.Kind.First => await mediator.Send(
                new AnswerFirst.Command(member.Organisation.Id, new OfficialAccountId(change.Account!.Value), Id(change.Before), Id(change.Linkage)), cancellationToken) is AnswerFirst.Result.Changed,
            UndoTicket.Kind.Paused => await mediator.Send(new PauseModule.Command(member.Organisation.Id, Id(change.Linkage)!.Value, Pause: false), cancellationToken) is PauseModule.Result.Done,
            UndoTicket.Kind.Removed => await mediator.Send(
                new RestoreModule.Command(member.Organisation.Id, Id(change.Linkage)!.Value, change.State!.Value, change.Before is not null), cancellationToken) is RestoreModule.Result.Restored,
            _ => await mediator.Send(new PauseModule.Command(member.Organisation.Id, Id(change.Linkage)!.Value, Pause: true), cancellationToken) is PauseModule.Result.Done,
        };
        return Said.OnAccounts(member, undone ? Said.Undone : Said.ChangedMeanwhile);
    }

    private static LinkageId? Id(Guid? value) => value is { } id ? new LinkageId(id) : null;
}
