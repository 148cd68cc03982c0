using System.Buffers.Binary;

namespace Sandbox.Tests.Support;

/// <summary>The first bytes of pictures of any size, which is all that a header's reader looks at.</summary>
public static class Pictures
{
    public static byte[] Png(int width, int height, int bytes = 200)
    {
        var png = new byte[bytes];
        ((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]).CopyTo(png);
        "IHDR"u8.CopyTo(png.AsSpan(12));
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(20), height);
        return png;
    }

    /// <summary>A JPEG with a comment before its frame, as cameras write them.</summary>
    public static byte[] Jpeg(int width, int height)
    {
        byte[] jpeg = [0xff, 0xd8, 0xff, 0xfe, 0, 4, 1, 2, 0xff, 0xc0, 0, 17, 8, 0, 0, 0, 0, 3, 0, 0, 0, 0];
        BinaryPrimitives.WriteUInt16BigEndian(jpeg.AsSpan(13), (ushort)height);
        BinaryPrimitives.WriteUInt16BigEndian(jpeg.AsSpan(15), (ushort)width);
        return jpeg;
    }
}
