using System.Security.Cryptography;
using System.Text;

namespace Portal.Listings;

/// <summary>Names a document by all that stands in it. Pictures are in it by the fingerprints of their own content.</summary>
public static class VersionFingerprint
{
    /// <returns>SHA-256, 64 hexadecimal digits.</returns>
    public static string Of(ListingDocument document)
    {
        // Lengths before the words, so that no two documents write alike.
        var text = new StringBuilder();
        foreach (var (path, value) in DocumentPaths.Flatten(document).OrderBy(line => line.Key, StringComparer.Ordinal))
            text.Append(path.Length).Append(' ').Append(path).Append(value.Length).Append(' ').Append(value);

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
