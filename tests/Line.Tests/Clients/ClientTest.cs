namespace Line.Tests.Clients;

/// <summary>A test of a client against a server of its own.</summary>
public abstract class ClientTest : IAsyncLifetime
{
    protected static readonly BotId Bot = BotId.Parse("Uab012345678901234567890123456789");
    protected static readonly ChannelId Channel = ChannelId.Parse("1234567890");
    protected static readonly UserId Alice = UserId.Parse("LU012345678901234567890123456789ab-Uab012345678901234567890123456789");

    protected LineServer Server { get; private set; } = null!;

    public async Task InitializeAsync() => Server = await LineServer.StartAsync();

    public async Task DisposeAsync() => await Server.DisposeAsync();
}
