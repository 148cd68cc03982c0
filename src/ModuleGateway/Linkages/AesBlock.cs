using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;
using Aes = System.Security.Cryptography.Aes;
using AesX86 = System.Runtime.Intrinsics.X86.Aes;

namespace ModuleGateway.Linkages;

/// <summary>AES-128 on single blocks with a key that was expanded once: a keyed permutation of 128 bits.</summary>
/// <remarks>
/// The CPU's instructions where it has them: the platform's class costs as much as an HMAC, most of it for setting up the call.
/// Elsewhere the platform's class; a test holds the two equal. Immutable and thread-safe. Source: FIPS 197.
/// </remarks>
internal sealed class AesBlock
{
    public const int KeyBytes = 16;

    private const int Rounds = 10;
    private readonly RoundKeys _encrypt;
    private readonly RoundKeys _decrypt;
    private readonly byte[]? _key; // Only kept where the CPU cannot do it.

    [InlineArray(Rounds + 1)]
    private struct RoundKeys
    {
        private Vector128<byte> _first;
    }

    public AesBlock(ReadOnlySpan<byte> key, bool forcePlatform = false)
    {
        if (key.Length != KeyBytes)
            throw new ArgumentException($"An AES-128 key has {KeyBytes} bytes; this one has {key.Length}.", nameof(key));

        if (!AesX86.IsSupported || forcePlatform)
        {
            _key = key.ToArray();
            return;
        }

        Expand(key, out _encrypt);
        _decrypt[0] = _encrypt[Rounds];
        for (var i = 1; i < Rounds; i++)
            _decrypt[i] = AesX86.InverseMixColumns(_encrypt[Rounds - i]);
        _decrypt[Rounds] = _encrypt[0];
    }

    public UInt128 Encrypt(UInt128 block)
    {
        if (_key is not null)
            return OnPlatform(_key, block, encrypt: true);

        var state = Load(block) ^ _encrypt[0];
        for (var i = 1; i < Rounds; i++)
            state = AesX86.Encrypt(state, _encrypt[i]);
        return Store(AesX86.EncryptLast(state, _encrypt[Rounds]));
    }

    public UInt128 Decrypt(UInt128 block)
    {
        if (_key is not null)
            return OnPlatform(_key, block, encrypt: false);

        var state = Load(block) ^ _decrypt[0];
        for (var i = 1; i < Rounds; i++)
            state = AesX86.Decrypt(state, _decrypt[i]);
        return Store(AesX86.DecryptLast(state, _decrypt[Rounds]));
    }

    private static void Expand(ReadOnlySpan<byte> key, out RoundKeys keys)
    {
        keys = default;
        var current = Vector128.Create(key);
        keys[0] = current;
        keys[1] = current = Next(current, AesX86.KeygenAssist(current, 0x01));
        keys[2] = current = Next(current, AesX86.KeygenAssist(current, 0x02));
        keys[3] = current = Next(current, AesX86.KeygenAssist(current, 0x04));
        keys[4] = current = Next(current, AesX86.KeygenAssist(current, 0x08));
        keys[5] = current = Next(current, AesX86.KeygenAssist(current, 0x10));
        keys[6] = current = Next(current, AesX86.KeygenAssist(current, 0x20));
        keys[7] = current = Next(current, AesX86.KeygenAssist(current, 0x40));
        keys[8] = current = Next(current, AesX86.KeygenAssist(current, 0x80));
        keys[9] = current = Next(current, AesX86.KeygenAssist(current, 0x1b));
        keys[10] = Next(current, AesX86.KeygenAssist(current, 0x36));
    }

    /// <summary>FIPS 197, 5.2 for four words at once: w[i] = w[i-4] xor w[i-1], the first with the assisted word.</summary>
    private static Vector128<byte> Next(Vector128<byte> key, Vector128<byte> assist)
    {
        var words = key.AsUInt32();
        var assisted = Vector128.Create(assist.AsUInt32()[3]);
        var sum = words ^ ShiftWords(words, 1) ^ ShiftWords(words, 2) ^ ShiftWords(words, 3);
        return (sum ^ assisted).AsByte();
    }

    private static Vector128<uint> ShiftWords(Vector128<uint> words, int by) => by switch
    {
        1 => Vector128.Create(0u, words[0], words[1], words[2]),
        2 => Vector128.Create(0u, 0u, words[0], words[1]),
        _ => Vector128.Create(0u, 0u, 0u, words[0]),
    };

    private static Vector128<byte> Load(UInt128 block)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, block);
        return Vector128.Create<byte>(bytes);
    }

    private static UInt128 Store(Vector128<byte> block)
    {
        Span<byte> bytes = stackalloc byte[16];
        block.CopyTo(bytes);
        return BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    private static UInt128 OnPlatform(byte[] key, UInt128 block, bool encrypt)
    {
        Span<byte> input = stackalloc byte[16];
        Span<byte> output = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(input, block);
        using var aes = Aes.Create();
        aes.Key = key;
        _ = encrypt ? aes.EncryptEcb(input, output, PaddingMode.None) : aes.DecryptEcb(input, output, PaddingMode.None);
        return BinaryPrimitives.ReadUInt128BigEndian(output);
    }
}
