namespace Sandbox.Accounts;

/// <summary>What LINE believes to know of a person. It guesses from behaviour and never says so of one person; here it is set.</summary>
/// <param name="Gender">male or female; null: unknown.</param>
/// <param name="Age">Years; null: unknown.</param>
/// <param name="AppType">ios or android; null: neither.</param>
/// <param name="Area">jp_01 to jp_47, tw_01 to tw_22, th_01 to th_08; null: unknown.</param>
internal sealed record Demographics(string? Gender = null, int? Age = null, string? AppType = null, string? Area = null);
