using System.Buffers.Text;
using System.Security.Cryptography;

namespace Sandbox.Chats;

/// <summary>Makes tokens that mean nothing to who holds them: quote tokens, mark-as-read tokens, codes.</summary>
internal static class OpaqueToken
{
    /// <param name="bytes">Of chance: 24 are 32 characters.</param>
    public static string New(int bytes = 24) => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(bytes));
}
