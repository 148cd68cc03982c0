using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Sandbox.Http;

/// <summary>A piece of a page. What is put into it is escaped unless it is a piece itself, so that no text can become markup by oversight.</summary>
internal readonly record struct Html(string Markup)
{
    public static readonly Html Nothing = new("");
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>Makes a piece from an interpolated text.</summary>
    public static Html Of(Interpolation text) => new(text.ToString());

    /// <summary>Sets pieces one after the other.</summary>
    public static Html Join(IEnumerable<Html> pieces) => new(string.Concat(pieces.Select(piece => piece.Markup)));

    public override string ToString() => Markup;

    /// <summary>Escapes each hole of an interpolated text.</summary>
    [InterpolatedStringHandler]
    public readonly ref struct Interpolation
    {
        private readonly StringBuilder _markup;

        public Interpolation(int literalLength, int formattedCount) => _markup = new StringBuilder(literalLength + formattedCount * 32);

        public void AppendLiteral(string markup) => _markup.Append(markup);

        public void AppendFormatted(string? text) => _markup.Append(text is null ? "" : Encoder.Encode(text));

        public void AppendFormatted(Html piece) => _markup.Append(piece.Markup);

        public override string ToString() => _markup.ToString();
    }
}
