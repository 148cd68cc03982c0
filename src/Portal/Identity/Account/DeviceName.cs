namespace Portal.Identity;

/// <summary>A browser's own long words as a person would say it: "Chrome · Windows".</summary>
public static class DeviceName
{
    // Order matters: Edge and Opera also say Chrome, everybody says Safari; an iPhone says Mac OS.
    private static readonly (string Sign, string Name)[] Browsers = [("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Line/", "LINE"), ("CriOS/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari")];
    private static readonly (string Sign, string Name)[] Systems = [("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS", "Mac"), ("CrOS", "ChromeOS"), ("Linux", "Linux")];

    public static string Of(string userAgent)
    {
        ArgumentNullException.ThrowIfNull(userAgent);
        var parts = new[] { Browsers, Systems }.Select(known => known.FirstOrDefault(entry => userAgent.Contains(entry.Sign, StringComparison.Ordinal)).Name).OfType<string>().ToList();
        return parts.Count > 0 ? string.Join(" · ", parts) : userAgent.Length > 0 ? userAgent : "?";
    }
}
