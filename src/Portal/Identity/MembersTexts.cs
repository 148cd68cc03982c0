namespace Portal.Identity;

/// <summary>Names the texts of members and invitations.</summary>
public sealed class MembersTexts;
