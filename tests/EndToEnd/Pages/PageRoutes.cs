using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;

namespace EndToEnd.Pages;

/// <summary>Every page that the portal has, from its assembly: a page that somebody adds tomorrow is among them.</summary>
internal static class PageRoutes
{
    /// <summary>As the pages themselves write them: <c>/o/{Slug}/accounts</c>.</summary>
    public static IReadOnlyList<string> All { get; } =
        [.. typeof(Portal.PortalApp).Assembly.GetTypes().SelectMany(type => type.GetCustomAttributes<RouteAttribute>(inherit: false)).Select(route => route.Template).Distinct().Order(StringComparer.Ordinal)];

    // The more letters of its own a route has, the sooner it is asked: "/o/{Slug}/modules" before "/o/{Slug}/{Anything}".
    private static readonly IReadOnlyList<(string Template, Regex Shape)> Shapes =
        [.. All.OrderByDescending(template => Regex.Replace(template, @"\{[^}]*\}", "").Length).Select(template => (template, new Regex($"^{Regex.Replace(template, @"\{\*[^}]*\}|\{[^}]*\}", hole => hole.Value[1] == '*' ? ".*" : "[^/]+")}/?$")))];

    /// <summary>The page that an address leads to; null for what is no page.</summary>
    public static string? Of(string path) => Shapes.FirstOrDefault(shape => shape.Shape.IsMatch(path)).Template;
}
