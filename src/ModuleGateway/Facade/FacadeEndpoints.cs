using ModuleGateway.Control;
using Tenancy;

namespace ModuleGateway.Facade;

/// <summary>LINE's API as modules see it: each call, what it needs and its handler. A call that is not here answers 404 as LINE would.</summary>
/// <remarks>Scopes: LINE's partner docs; where they are silent (group members, mark as read) the nearest documented neighbour's.</remarks>
internal static class FacadeEndpoints
{
    private static readonly CallRule Speaks = new(Scopes.MessageSend, Standing.ActiveInChat);
    private static readonly CallRule Pushes = Speaks with { OnStandbyBy = Scopes.MessageNotify };
    private static readonly CallRule Takes = new(Scopes.MessageReceive, Standing.CanHold);
    private static readonly CallRule Reads = new(Scopes.ProfileRead, Standing.Attached);
    private static readonly CallRule Asks = new(null, Standing.Attached);

    public static void MapFacade(this WebApplication app)
    {
        var pipeline = app.Services.GetRequiredService<FacadePipeline>();
        var reply = app.Services.GetRequiredService<ReplyMessage>();
        var chats = app.Services.GetRequiredService<ChatCalls>();
        var control = app.Services.GetRequiredService<ChatControlCalls>();
        var paths = app.Services.GetRequiredService<PathCalls>();
        var modules = app.Services.GetRequiredService<ModuleCalls>();

        app.MapPost("/v2/bot/message/reply", pipeline.For(Speaks, reply.HandleAsync));
        app.MapPost("/v2/bot/message/push", pipeline.For(Pushes, chats.PushAsync));
        app.MapPost("/v2/bot/chat/loading/start", pipeline.For(Speaks, chats.LoadingAsync));
        app.MapPost("/v2/bot/chat/markAsRead", pipeline.For(Speaks, chats.MarkAsReadAsync));
        app.MapPost("/v2/bot/chat/{chatId}/control/acquire", pipeline.For(Takes, control.AcquireAsync));
        app.MapPost("/v2/bot/chat/{chatId}/control/release", pipeline.For(Takes, control.ReleaseAsync));

        app.MapGet("/v2/bot/profile/{userId}", pipeline.For(Reads, paths.ProfileAsync));
        app.MapGet("/v2/bot/group/{groupId}/summary", pipeline.For(Reads, paths.GroupAsync));
        app.MapGet("/v2/bot/group/{groupId}/members/count", pipeline.For(Reads, paths.GroupAsync));
        app.MapGet("/v2/bot/group/{groupId}/member/{userId}", pipeline.For(Reads, paths.GroupMemberAsync));
        app.MapGet("/v2/bot/room/{roomId}/members/count", pipeline.For(Reads, paths.RoomAsync));
        app.MapGet("/v2/bot/room/{roomId}/member/{userId}", pipeline.For(Reads, paths.RoomMemberAsync));
        app.MapGet("/v2/bot/info", pipeline.For(Asks, paths.PlainAsync));

        app.MapGet("/v2/bot/list", pipeline.ForModule(modules.ListAsync));
        app.MapPost("/v2/bot/channel/detach", pipeline.ForModule(modules.DetachAsync));

        // With a pattern of its own: the usual one leaves out paths that end in what looks like a file's name.
        app.MapFallback("{*path}", http => FacadePipeline.WriteAsync(http, LineErrors.NotFound));
    }
}
