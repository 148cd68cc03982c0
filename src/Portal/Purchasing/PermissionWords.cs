using Microsoft.Extensions.Localization;

namespace Portal.Purchasing;

/// <summary>LINE's scope names in words that a shop owner reads.</summary>
public static class PermissionWords
{
    /// <summary>The sentence for a scope; a scope without one is named as LINE names it rather than hidden.</summary>
    public static string Of(string scope, IStringLocalizer<PurchasingTexts> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var sentence = texts[$"Scope.{scope}"];
        return sentence.ResourceNotFound ? texts["Scope.Other", scope] : sentence;
    }
}
