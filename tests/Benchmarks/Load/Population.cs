using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Line;

namespace Benchmarks.Load;

/// <summary>Who takes part in a run: accounts, the modules linked to them, and how each is called. All follows from numbers, so that load, gateway and check agree without asking each other.</summary>
/// <param name="Accounts">Official Accounts, numbered from 0.</param>
/// <param name="ModulesPerAccount">Modules linked to each account; the first answers first.</param>
internal sealed record Population(int Accounts, int ModulesPerAccount)
{
    public const string ChannelId = "1650000001";
    public const string ChannelSecret = "0123456789abcdef0123456789abcdef";

    /// <summary>More modules than this there are not: many thousands of them would measure connections, not the gateway.</summary>
    public int ModulesMax { get; init; } = 200;

    /// <summary>Different modules: one for each account, as far as they go.</summary>
    public int Modules => Math.Clamp(Accounts, ModulesPerAccount, Math.Max(ModulesPerAccount, ModulesMax));

    public static BotId BotOf(int account) => BotId.Parse(BotText(account), null);

    public static string BotText(int account) => string.Create(CultureInfo.InvariantCulture, $"Ube7c4f00d00000000000000{account:x8}0");

    /// <summary>The account that a body is for, read where LINE writes it: first.</summary>
    public static int AccountOf(ReadOnlySpan<byte> body)
    {
        const int at = 40; // {"destination":"Ube7c4f00d00000000000000
        return body.Length > at + 8 && body.StartsWith("{\"destination\":\"U"u8) && int.TryParse(body.Slice(at, 8), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var account) ? account : -1;
    }

    /// <summary>A customer's id as LINE tells it to a module channel.</summary>
    public static string UserText(int account, int user) => string.Create(CultureInfo.InvariantCulture, $"LU5e0000{account:x8}{user:x8}c0ffee0042-{BotText(account)}");

    /// <summary>The module that account has in this place.</summary>
    public int ModuleOf(int account, int place) => (account + place * Math.Max(1, Modules / ModulesPerAccount)) % Modules;

    public static ChannelId ModuleChannel(int module) => Line.ChannelId.Parse((1_700_000_000 + module).ToString(CultureInfo.InvariantCulture), null);

    public static string ModuleSecret(int module) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"module {module}"))).AsSpan(0, 16));

    /// <summary>Each module has a host of its own, as partners have: otherwise all of them would share one pool of connections.</summary>
    public static Uri ModuleUrl(int module, int port) => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.{1 + module / 250}.{1 + module % 250}:{port}/modules/{module}"));
}
