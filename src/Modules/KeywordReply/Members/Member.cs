namespace KeywordReply;

/// <summary>Somebody with an account at the shop's own member service.</summary>
internal sealed record Member(string Id, string Name, string Pin);

/// <summary>The members of the demonstration. A real module asks its own member service here.</summary>
internal static class DemoMembers
{
    public static IReadOnlyList<Member> All { get; } = [new("mei", "王美玲", "2468"), new("jason", "Jason Chen", "1357")];

    /// <summary>Null when there is no such member, or the PIN is another.</summary>
    public static Member? SignIn(string? id, string? pin) => All.FirstOrDefault(member => member.Id == id && member.Pin == pin);

    public static Member? Find(string id) => All.FirstOrDefault(member => member.Id == id);
}
