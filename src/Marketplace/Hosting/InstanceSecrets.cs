using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Serialization;

namespace Marketplace.Hosting;

/// <summary>What the rooms of one instance know of each other and nobody else may: made once, kept in the data folder, never printed.</summary>
internal sealed record InstanceSecrets
{
    /// <summary>The platform's Module Channel at LINE.</summary>
    public required Credentials ModuleChannel { get; init; }

    /// <summary>The keyword module's virtual module channel.</summary>
    public required Credentials KeywordReply { get; init; }

    /// <summary>The desk's virtual module channel.</summary>
    public required Credentials LiveDesk { get; init; }

    /// <summary>The portal's LINE Login channel. Null: the folder was made before there was one.</summary>
    public Credentials? LoginChannel { get; init; }

    /// <summary>Opens the gateway's management API.</summary>
    public required string ManagementKey { get; init; }

    /// <summary>A channel's id and secret.</summary>
    public sealed record Credentials(string ChannelId, string ChannelSecret)
    {
        /// <summary>Ten digits, as LINE gives them out; the first says whose channel it is, so that the two kinds are told apart in logs.</summary>
        public static Credentials New(char firstDigit) => new(
            string.Create(CultureInfo.InvariantCulture, $"{firstDigit}{RandomNumberGenerator.GetString("0123456789", 9)}"),
            RandomNumberGenerator.GetHexString(32, lowercase: true));
    }

    public static InstanceSecrets New() => new()
    {
        ModuleChannel = Credentials.New('1'),
        LoginChannel = Credentials.New('3'),
        KeywordReply = Credentials.New('2'),
        LiveDesk = Credentials.New('2'),
        ManagementKey = RandomNumberGenerator.GetHexString(64, lowercase: true),
    };

    /// <summary>Whether a file that was read holds everything.</summary>
    [JsonIgnore]
    public bool IsWhole =>
        new[] { ModuleChannel, KeywordReply, LiveDesk }.All(pair => pair is { ChannelId.Length: > 0, ChannelSecret.Length: >= 16 }) && ManagementKey is { Length: >= 32 };
}
