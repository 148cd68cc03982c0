namespace Portal.Listings;

/// <summary>A part of the editor: one form, one save.</summary>
public enum EditorSection { Basics, Texts, Chat, Pictures, Plans, Permissions, Addresses }
