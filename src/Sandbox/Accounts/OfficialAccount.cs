using Line;

namespace Sandbox.Accounts;

/// <summary>One LINE Official Account.</summary>
/// <param name="BasicId">"@" and 3 digits and 5 letters or digits, as LINE gives them out.</param>
/// <param name="Name">What users see.</param>
/// <param name="EnglishName">For readers without Chinese; shown beside the name on our own pages only.</param>
/// <param name="MonthlyQuota">Messages a month that count for billing; null: no limit.</param>
/// <param name="JoinsGroups">Whether it lets itself be invited into groups. At LINE a new account does not; here it does, so that a group can be tried at once.</param>
/// <param name="Color">CSS colour of the drawn picture.</param>
internal sealed record OfficialAccount(
    BotId BotId, string BasicId, string Name, string EnglishName, Region Region, BrandType BrandType, string Color,
    string? PremiumId = null, long? MonthlyQuota = null, bool IsSuspended = false, bool JoinsGroups = true)
{
    public string AvatarPath => $"/phone/avatars/accounts/{BotId}.svg";
}
