using System.Buffers;
using System.Text.RegularExpressions;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using ModuleGateway.Linkages;
using ModuleGateway.Owned;

namespace ModuleGateway.Facade;

/// <summary>A form with a file of user ids on its way to LINE: each id is made LINE's while it passes, and nothing of it is kept.</summary>
/// <remarks>
/// A line that is no id by its shape passes as it is: in an audience of advertisers' ids that is what it should be, in any other LINE refuses it.
/// A refusal of ours breaks the form off in the middle, so that LINE has nothing. Parts' headers are written anew: two readers may not read them in two ways.
/// </remarks>
internal sealed partial class AudienceFile : Stream
{
    private const int PieceBytes = 64 * 1024;
    private const int PartBytesMax = 4096; // A description: 300 characters at most.
    private const int LineBytesMax = 256;
    private const int LinesAtOnce = 100;
    private readonly FacadeCall _call;
    private readonly Stream _source;
    private readonly string _boundary;
    private readonly ThingPlace _place;
    private readonly UpstreamIds _ids;
    private readonly Func<string, CancellationToken, Task<bool>> _isOwn;
    private IAsyncEnumerator<byte[]>? _pieces;
    private ReadOnlyMemory<byte> _piece;

    private AudienceFile(FacadeCall call, Stream source, string boundary, ThingPlace place, UpstreamIds ids, Func<string, CancellationToken, Task<bool>> isOwn) =>
        (_call, _source, _boundary, _place, _ids, _isOwn) = (call, source, boundary, place, ids, isOwn);

    /// <summary>Why it was broken off; null while nothing is wrong.</summary>
    public FacadeAnswer? Refusal { get; private set; }

    /// <summary>What the form says of the audience, once that part has passed.</summary>
    public string? Description { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Puts itself between the module's body and LINE.</summary>
    /// <param name="isOwn">Whether the audience that a part names is the caller's.</param>
    public static FacadeAnswer? Begin(FacadeCall call, LineRequest request, ThingPlace place, UpstreamIds ids, Func<string, CancellationToken, Task<bool>> isOwn)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { } boundary || !Boundary().IsMatch(boundary))
            return LineErrors.ContentType(request.ContentType);

        request.Content = new AudienceFile(call, request.Content!, boundary, place, ids, isOwn);
        (request.ContentType, request.ContentLength) = ($"multipart/form-data; boundary=\"{boundary}\"", null);
        return null;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _pieces ??= PiecesAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (_piece.IsEmpty)
        {
            if (!await _pieces.MoveNextAsync())
                return 0;
            _piece = _pieces.Current;
        }

        var length = Math.Min(buffer.Length, _piece.Length);
        _piece[..length].CopyTo(buffer);
        _piece = _piece[length..];
        return length;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    private async IAsyncEnumerable<byte[]> PiecesAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = new MultipartReader(_boundary, _source);
        while (await NextPartAsync(reader, cancellationToken) is { } part)
        {
            if (!ContentDispositionHeaderValue.TryParse(part.ContentDisposition, out var disposition) || HeaderUtilities.RemoveQuotes(disposition.Name).Value is not { } name || !Plain().IsMatch(name))
                throw BrokenOff(LineErrors.BadForm);

            var file = HeaderUtilities.RemoveQuotes(disposition.FileName).Value is { Length: > 0 } given ? $"; filename=\"{(Plain().IsMatch(given) ? given : "file")}\"" : "";
            var type = part.ContentType is { } said && MediaTypeHeaderValue.TryParse(said, out var parsed) ? $"Content-Type: {parsed}\r\n" : "";
            yield return Encoding.UTF8.GetBytes($"--{_boundary}\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n{type}\r\n");
            if (name == "file")
            {
                await foreach (var lines in LinesAsync(part.Body, cancellationToken))
                    yield return lines;
            }
            else
            {
                yield return await ShortAsync(part.Body, name, cancellationToken);
            }

            yield return "\r\n"u8.ToArray();
        }

        yield return Encoding.ASCII.GetBytes($"--{_boundary}--\r\n");
    }

    private async Task<MultipartSection?> NextPartAsync(MultipartReader reader, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.ReadNextSectionAsync(cancellationToken);
        }
        catch (Exception error) when (error is InvalidDataException || (error is IOException && error is not BadHttpRequestException))
        {
            throw BrokenOff(LineErrors.BadForm); // A stranger's form.
        }
    }

    /// <summary>A part that is no file; one may name the audience.</summary>
    private async Task<byte[]> ShortAsync(Stream part, string name, CancellationToken cancellationToken)
    {
        var text = new byte[PartBytesMax + 1];
        var (length, read) = (0, 0);
        while ((read = await part.ReadPieceAsync(text.AsMemory(length), cancellationToken)) > 0)
            length += read;
        if (length > PartBytesMax)
            throw BrokenOff(LineErrors.TooLarge);

        if (name == _place.Name && Encoding.UTF8.GetString(text, 0, length) is var id && !await _isOwn(id, cancellationToken))
            throw BrokenOff(_place.Unknown(id, name));
        if (name == "description")
            Description = Encoding.UTF8.GetString(text, 0, length);
        return text[..length];
    }

    private async IAsyncEnumerable<byte[]> LinesAsync(Stream part, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var buffer = new byte[PieceBytes];
        var lines = new List<byte[]>(LinesAtOnce);
        var (length, isEnd) = (0, false);
        while (!isEnd)
        {
            var read = await part.ReadPieceAsync(buffer.AsMemory(length), cancellationToken);
            (length, isEnd) = (length + read, read == 0);
            var at = 0;
            while (LineLength(buffer.AsSpan(at, length - at), isEnd) is var line and > 0)
            {
                lines.Add(buffer[at..(at + line)]);
                at += line;
                if (lines.Count < LinesAtOnce)
                    continue;
                yield return await MapAsync(lines, cancellationToken);
                lines.Clear();
            }

            buffer.AsSpan(at, length - at).CopyTo(buffer);
            length -= at;
            if (length > LineBytesMax)
                throw BrokenOff(LineErrors.InvalidAudienceId);
        }

        if (lines.Count > 0)
            yield return await MapAsync(lines, cancellationToken);
    }

    /// <summary>With its line feed; 0: there is none yet.</summary>
    private static int LineLength(ReadOnlySpan<byte> text, bool isEnd) => text.IndexOf((byte)'\n') is var feed and >= 0 ? feed + 1 : isEnd ? text.Length : 0;

    private async Task<byte[]> MapAsync(List<byte[]> lines, CancellationToken cancellationToken)
    {
        var texts = lines.ConvertAll(line => UpstreamId.LooksLikeId(line.AsSpan().Trim(" \t\r\n"u8), out _) ? Encoding.ASCII.GetString(line).Trim() : null);
        var resolved = await _ids.ResolveAsync(_call, texts.OfType<string>().ToList(), LineErrors.InvalidAudienceId, cancellationToken);
        if (resolved.Refusal is { } refusal)
            throw BrokenOff(refusal);

        var output = new ArrayBufferWriter<byte>();
        var next = 0;
        for (var i = 0; i < lines.Count; i++)
        {
            if (texts[i] is null)
            {
                output.Write(lines[i]);
                continue;
            }

            output.Write(Encoding.ASCII.GetBytes(resolved.Ids[next++].ToText(_call.Bot)));
            if (lines[i][^1] == '\n')
                output.Write("\n"u8);
        }

        return output.WrittenSpan.ToArray();
    }

    private IOException BrokenOff(FacadeAnswer refusal)
    {
        Refusal = refusal;
        return new IOException("The gateway refused what it was given.");
    }

    [GeneratedRegex(@"\A[A-Za-z0-9'()+_,./:=? -]{1,70}\z")]
    private static partial Regex Boundary();

    [GeneratedRegex(@"\A[A-Za-z0-9_.-]{1,100}\z")]
    private static partial Regex Plain();
}
