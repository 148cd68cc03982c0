using Line;

namespace Marketplace.Development;

/// <summary>A fresh module's credentials at the gateway.</summary>
/// <param name="BotId">The account that it is linked with; null: none.</param>
internal sealed record DevelopmentModule(string ChannelId, string ChannelSecret, BotId? BotId, Guid ModuleId, Guid? LinkageId);
