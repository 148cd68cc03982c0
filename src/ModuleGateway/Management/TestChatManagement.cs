using System.Text.Json;
using ModuleGateway.Control;
using ModuleGateway.Store;
using Tenancy;

namespace ModuleGateway.Management;

/// <summary>The portal's side of the owner's test chats: it asks for a code, looks whether it was taken, ends the trying.</summary>
internal static class TestChatManagement
{
    public static void MapTestChats(this RouteGroupBuilder management)
    {
        management.MapPost("/linkages/{id:guid}/test-code", AskAsync);
        management.MapGet("/linkages/{id:guid}/test-chats", ShowAsync);
        management.MapDelete("/linkages/{id:guid}/test-chats", StopAsync);
    }

    private static async Task<IResult> AskAsync(Guid id, IGatewayStore store, CancellationToken cancellationToken)
    {
        var (code, refusal) = await store.WriteAsync(tx => TestChats.Ask(tx, new LinkageId(id)), cancellationToken);
        return refusal == TestCodeRefusal.UnknownLinkage
            ? Results.NotFound()
            : Results.Json(new { refusal = refusal is { } reason ? JsonNamingPolicy.CamelCase.ConvertName(reason.ToString()) : null, code = Show(code) });
    }

    private static async Task<IResult> ShowAsync(Guid id, IGatewayStore store, CancellationToken cancellationToken)
    {
        var linkage = new LinkageId(id);
        var shown = await store.ReadAsync(
            tx => tx.Control.Linkage(linkage) is { } row && tx.Control.Account(row.Bot) is { } account
                ? new { code = Show(TestChats.CodeOf(account, linkage, tx.Now)), chats = tx.Control.TestChats(linkage).Count, chatsMax = TestChats.ChatsMax }
                : null,
            cancellationToken);
        return shown is null ? Results.NotFound() : Results.Json(shown);
    }

    private static async Task<IResult> StopAsync(Guid id, IGatewayStore store, TestChats chats, CancellationToken cancellationToken)
    {
        await store.WriteAsync(
            tx =>
            {
                chats.Stop(tx, new LinkageId(id));
                return true;
            },
            cancellationToken);
        return Results.NoContent();
    }

    private static object? Show(TestCode? code) => code is null ? null : new { text = TestChats.TextOf(code), expiresAt = code.ExpiresAt };
}
