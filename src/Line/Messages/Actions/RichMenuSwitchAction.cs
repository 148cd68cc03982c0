using Line.Validation;

namespace Line;

/// <summary>Shows another rich menu, and tells so by a postback. For rich menus only.</summary>
/// <param name="RichMenuAliasId">The other menu's alias, 32 characters at most.</param>
/// <param name="Data">Comes back by webhook: 1 to 300 UTF-16 units.</param>
/// <param name="Label">What a screen reader says.</param>
public sealed record RichMenuSwitchAction(string RichMenuAliasId, string Data, string? Label = null) : LineAction(Label)
{
    private protected override string Kind => "richmenuswitch";

    private protected override bool IsTaken(ActionPlace place) => place == ActionPlace.RichMenu;

    private protected override void CheckOwn(FaultFinder faults)
    {
        faults.Text("richMenuAliasId", RichMenuAliasId, 32);
        faults.Text("data", Data, 300);
    }
}
