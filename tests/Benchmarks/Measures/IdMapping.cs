using System.Security.Cryptography;
using System.Text;
using Line;
using ModuleGateway.Linkages;
using Tenancy;

namespace Benchmarks.Measures;

/// <summary>LINE's id to the module's and back, from the bytes of one text to the bytes of the other, against the one HMAC that a table of digests would cost.</summary>
internal sealed class IdMapping : IMeasure
{
    private const int Operations = 500_000;
    private const int Users = 1024;
    private static readonly BotId Bot = BotId.Parse("U0123456789abcdef0123456789abcdef", null);

    private readonly LinkageIds _ids = new(LinkageId.New(), Bot, RandomNumberGenerator.GetBytes(32), RandomNumberGenerator.GetBytes(LinkageIds.SaltBytes));
    private readonly byte[][] _lineIds = [.. Enumerable.Range(0, Users).Select(_ => Encoding.ASCII.GetBytes($"LU{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16))}-{Bot}"))];
    private readonly byte[] _hmacKey = RandomNumberGenerator.GetBytes(32);
    private readonly byte[] _hmacInput = Encoding.ASCII.GetBytes("U" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)));

    public string Name => "ids";

    public string What => "id mapping, there and back";

    public string Against => "one HMAC-SHA256 of 33 bytes";

    public double Goal => 5;

    public async Task<Measured> MeasureAsync()
    {
        var measured = await Alternating.SpeedAsync(
            count =>
            {
                Map(count);
                return ValueTask.CompletedTask;
            },
            count =>
            {
                Hash(count);
                return ValueTask.CompletedTask;
            },
            Operations);
        return measured with { BytesAllocated = Alternating.BytesAllocated(Map, Operations), Note = $"{Users} users" };
    }

    private void Map(int count)
    {
        Span<byte> seen = stackalloc byte[IdText.LongestForModule];
        for (var i = 0; i < count; i++)
        {
            var upstream = UpstreamId.Read(IdKind.User, _lineIds[i % Users], Bot);
            var length = _ids.Write(upstream, seen);
            if (!IdText.TryReadFromModule(seen[..length], Bot, out var kind, out var bits) || _ids.FromModule(kind, bits) != upstream.Bits)
                throw new InvalidOperationException("An id did not come back.");
        }
    }

    private void Hash(int count)
    {
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        for (var i = 0; i < count; i++)
            HMACSHA256.HashData(_hmacKey, _hmacInput, mac);
    }
}
