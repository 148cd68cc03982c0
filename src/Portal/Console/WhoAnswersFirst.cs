using Tenancy;

namespace Portal.Console;

/// <summary>The rules of who may answer first, and how a form names them.</summary>
public static class WhoAnswersFirst
{
    /// <summary>A form's word for LINE's own channel.</summary>
    public const string Nobody = "nobody";

    /// <summary>Answering needs both to hear and to speak.</summary>
    public static bool Can(Linkage linkage)
    {
        ArgumentNullException.ThrowIfNull(linkage);
        return linkage.Scopes.Contains(Scopes.MessageReceive) && linkage.Scopes.Contains(Scopes.MessageSend);
    }

    /// <summary>Reads a form's choice; false when there is none.</summary>
    /// <param name="chosen">Null: nobody of ours.</param>
    public static bool TryRead(string? text, out LinkageId? chosen)
    {
        var isId = Guid.TryParse(text, out var id);
        chosen = isId ? new LinkageId(id) : null;
        return isId || text == Nobody;
    }

    /// <summary>Reads who a form says answered first when it was shown; empty or missing: nobody.</summary>
    public static LinkageId? Seen(string? text) => Guid.TryParse(text, out var id) ? new LinkageId(id) : null;
}
