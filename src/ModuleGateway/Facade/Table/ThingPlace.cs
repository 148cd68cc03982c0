using ModuleGateway.Owned;

namespace ModuleGateway.Facade;

/// <summary>Where a thing stands in a call, and what that means.</summary>
internal enum ThingWhere : byte
{
    /// <summary>A parameter of the path names it.</summary>
    Path,

    /// <summary>A parameter of the query names it.</summary>
    Query,

    /// <summary>A property of the body names it, at any depth: a string, a number, or several in a list.</summary>
    Body,

    /// <summary>A file of user ids, one in a line, among the parts of a streamed form; a part of this name names the audience, where there is one.</summary>
    File,

    /// <summary>The call makes it: this property of the answer is its id; without a name, the id of the request is.</summary>
    Made,

    /// <summary>LINE's success makes the one in the path go away.</summary>
    Gone,

    /// <summary>The answer tells it by this property: somebody else's is not told.</summary>
    Answer,

    /// <summary>The answer lists them under this property: only the caller's own stay.</summary>
    List,
}

/// <summary>A thing that a call names, makes or lists. See <see cref="OwnedThings"/>.</summary>
/// <param name="Name">Of the path's or query's parameter, or of the property.</param>
internal sealed record ThingPlace(ThingKind Kind, ThingWhere Where, string Name = "")
{
    /// <summary>LINE's answer to this call for one that does not exist, by what the module wrote and where (of a body the property's path); somebody else's is answered alike.</summary>
    public Func<string, string, FacadeAnswer> Unknown { get; init; } = (_, _) => LineErrors.NotFound;
}
