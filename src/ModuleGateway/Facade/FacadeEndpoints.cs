using Tenancy;

namespace ModuleGateway.Facade;

/// <summary>LINE's API as modules see it: each call, the scope it needs and its handler. A call that is not here answers 404 as LINE would.</summary>
/// <remarks>Scopes: LINE's partner docs; where they are silent (group members, mark as read) the nearest documented neighbour's.</remarks>
internal static class FacadeEndpoints
{
    public static void MapFacade(this WebApplication app)
    {
        var pipeline = app.Services.GetRequiredService<FacadePipeline>();
        var reply = app.Services.GetRequiredService<ReplyMessage>();
        var chats = app.Services.GetRequiredService<ChatCalls>();
        var control = app.Services.GetRequiredService<ChatControlCalls>();
        var paths = app.Services.GetRequiredService<PathCalls>();
        var modules = app.Services.GetRequiredService<ModuleCalls>();

        app.MapPost("/v2/bot/message/reply", pipeline.For(Scopes.MessageSend, reply.HandleAsync));
        app.MapPost("/v2/bot/message/push", pipeline.For(Scopes.MessageSend, chats.PushAsync));
        app.MapPost("/v2/bot/chat/loading/start", pipeline.For(Scopes.MessageSend, chats.LoadingAsync));
        app.MapPost("/v2/bot/chat/markAsRead", pipeline.For(Scopes.MessageSend, chats.MarkAsReadAsync));
        app.MapPost("/v2/bot/chat/{chatId}/control/acquire", pipeline.For(Scopes.MessageReceive, control.AcquireAsync));
        app.MapPost("/v2/bot/chat/{chatId}/control/release", pipeline.For(Scopes.MessageReceive, control.ReleaseAsync));

        app.MapGet("/v2/bot/profile/{userId}", pipeline.For(Scopes.ProfileRead, paths.ProfileAsync));
        app.MapGet("/v2/bot/group/{groupId}/summary", pipeline.For(Scopes.ProfileRead, paths.GroupAsync));
        app.MapGet("/v2/bot/group/{groupId}/members/count", pipeline.For(Scopes.ProfileRead, paths.GroupAsync));
        app.MapGet("/v2/bot/group/{groupId}/member/{userId}", pipeline.For(Scopes.ProfileRead, paths.GroupMemberAsync));
        app.MapGet("/v2/bot/room/{roomId}/members/count", pipeline.For(Scopes.ProfileRead, paths.RoomAsync));
        app.MapGet("/v2/bot/room/{roomId}/member/{userId}", pipeline.For(Scopes.ProfileRead, paths.RoomMemberAsync));
        app.MapGet("/v2/bot/info", pipeline.For(null, paths.PlainAsync));

        app.MapGet("/v2/bot/list", pipeline.ForModule(modules.ListAsync));
        app.MapPost("/v2/bot/channel/detach", pipeline.ForModule(modules.DetachAsync));

        // With a pattern of its own: the usual one leaves out paths that end in what looks like a file's name.
        app.MapFallback("{*path}", http => FacadePipeline.WriteAsync(http, LineErrors.NotFound));
    }
}
