namespace Line.RichMenus;

/// <summary>A rich menu that LINE keeps.</summary>
/// <param name="RichMenuId">Its id.</param>
/// <param name="Size">The picture's size.</param>
/// <param name="Selected">Whether it is open when the chat is.</param>
/// <param name="Name">For yourself.</param>
/// <param name="ChatBarText">What opens it.</param>
/// <param name="Areas">What can be tapped.</param>
public sealed record StoredRichMenu(string RichMenuId, RichMenuSize Size, bool Selected, string Name, string ChatBarText, IReadOnlyList<RichMenuArea> Areas)
{
    /// <summary>What it was made of: LINE changes no menu, so change this and create another.</summary>
    public RichMenu ToMenu() => new(Size, Selected, Name, ChatBarText, Areas);
}
