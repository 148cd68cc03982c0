using Sandbox.Accounts;

namespace Sandbox.AccountLinks;

/// <summary>A dialog that was opened with a good link token.</summary>
/// <param name="Nonce">The partner service's own, by which it knows the attempt again.</param>
/// <param name="Person">For whom the token was issued.</param>
internal sealed record AccountLinkRequest(string LinkToken, string Nonce, OfficialAccount Account, Person Person);
