using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Line;
using Sandbox.Channels;
using Sandbox.Store;

namespace Sandbox.Accounts;

/// <summary>User ids as channels see them: a channel of the ordinary kind <c>U{32 hex}</c>, the same for all channels of its provider; a module channel <c>LU{32 hex}-{BotId}</c>, another for each Official Account.</summary>
/// <remarks>
/// The 32 digits are the person's 128 bits through one AES block under a key for (provider) or (module channel, bot). That is a bijection: an id leads back
/// to its person without a table, and two ids of one person cannot be joined without the key, which is made once and kept with the data.
/// </remarks>
internal sealed class ScopedIds(DocumentStore store, PeopleDirectory people)
{
    private static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");
    private const int UserIdLength = 33;   // "U" + 32 digits.
    private const int ModuleIdLength = 68; // "L" + 33 + "-" + 33.
    private readonly byte[] _master = MasterKey(store);

    public string For(Channel channel, BotId botId, Person person)
    {
        var digits = Transform(Scope(channel, botId), person.Identity, encrypt: true);
        return channel.Kind == ChannelKind.Module ? $"LU{digits:N}-{botId}" : $"U{digits:N}";
    }

    /// <summary>A person as the channels of a provider see them, whatever they are for.</summary>
    public string ForProvider(string provider, Person person) => $"U{Transform($"provider:{provider}", person.Identity, encrypt: true):N}";

    /// <summary>Whether the text has the shape of a user id of this kind of channel; such an id may still be nobody's.</summary>
    public static bool IsWellFormed(Channel channel, BotId botId, string text) => TryDigits(channel, botId, text, out _);

    /// <summary>The person behind a channel's id; false for an id of another shape, of another account, or of nobody.</summary>
    public bool TryFind(Channel channel, BotId botId, string text, [NotNullWhen(true)] out Person? person)
    {
        person = null;
        return TryDigits(channel, botId, text, out var digits) && people.TryFind(Transform(Scope(channel, botId), digits, encrypt: false), out person);
    }

    private static bool TryDigits(Channel channel, BotId botId, string text, out Guid digits)
    {
        digits = default;
        if (channel.Kind == ChannelKind.Module)
        {
            if (text.Length != ModuleIdLength || !text.StartsWith("LU", StringComparison.Ordinal) || text[34] != '-' || !text.AsSpan(35).SequenceEqual(botId.ToString()))
                return false;

            text = text[1..34];
        }

        return text.Length == UserIdLength && text[0] == 'U' && !text.AsSpan(1).ContainsAnyExcept(LowerHex) && Guid.TryParseExact(text.AsSpan(1), "N", out digits);
    }

    private static string Scope(Channel channel, BotId botId) =>
        channel.Kind == ChannelKind.Module ? $"module:{channel.Id}:{botId}" : $"provider:{channel.Provider}";

    private Guid Transform(string scope, Guid value, bool encrypt)
    {
        using var aes = Aes.Create();
        aes.Key = HMACSHA256.HashData(_master, Encoding.UTF8.GetBytes(scope));
        Span<byte> input = stackalloc byte[16];
        Span<byte> output = stackalloc byte[16];
        value.TryWriteBytes(input, bigEndian: true, out _);
        if (encrypt)
            aes.EncryptEcb(input, output, PaddingMode.None);
        else
            aes.DecryptEcb(input, output, PaddingMode.None);
        return new Guid(output, bigEndian: true);
    }

    private static byte[] MasterKey(DocumentStore store)
    {
        if (store.Find<byte[]>("setting", "masterKey") is { } kept)
            return kept;

        var made = RandomNumberGenerator.GetBytes(32);
        store.Put("setting", "masterKey", made);
        return made;
    }
}
