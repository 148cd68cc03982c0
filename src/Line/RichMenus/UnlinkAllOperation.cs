namespace Line.RichMenus;

/// <summary>Everybody sees the default menu from now on.</summary>
public sealed record UnlinkAllOperation : RichMenuOperation
{
    private protected override string Kind => "unlinkAll";
}
