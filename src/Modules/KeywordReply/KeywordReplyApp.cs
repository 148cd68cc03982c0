using Modules.Kit;

namespace KeywordReply;

/// <summary>A partner's module that answers keywords in all its chats.</summary>
/// <remarks>It knows LINE's contract only. Configuration: section "Module", see <see cref="ModuleOptions"/>.</remarks>
public static class KeywordReplyApp
{
    /// <summary>The port it listens on, on loopback, unless configured otherwise.</summary>
    public const int DefaultPort = 5083;

    private const string Pages = "keyword-reply-wwwroot";

    /// <summary>Makes the app, ready to run.</summary>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = ModuleHost.CreateBuilder(args, DefaultPort);
        builder.Services.AddModule<AnswerEvents>();
        builder.Services.AddSingleton<AnswerBook>().AddSingleton<MemberBook>().AddSingleton<MemberAnswers>();
        configure?.Invoke(builder);

        var app = builder.Build();
        app.UseSameOriginWrites();
        app.UsePages(Pages);
        app.MapWebhook();
        app.MapPage("/setup", Pages, "setup.html");
        app.MapSetup();
        app.MapMembers();
        app.SayWhere("KeywordReply", "/setup");
        return app;
    }
}
