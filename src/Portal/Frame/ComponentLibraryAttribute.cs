namespace Portal.Frame;

/// <summary>On a console's page that shows a component of Radzen: the page loads the library's style and script, and its policy allows style attributes.</summary>
/// <remarks>
/// Radzen writes widths and positions into style attributes, which a policy of 'self' forbids; scripts and style sheets stay our own there too (<see cref="SecurityHeaders"/>).
/// Every other page has neither the files nor the allowance.
/// </remarks>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ComponentLibraryAttribute : Attribute
{
    /// <summary>Whether this request's page bears the attribute.</summary>
    public static bool IsUsedBy(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.GetEndpoint()?.Metadata.GetMetadata<ComponentLibraryAttribute>() is not null;
    }
}
