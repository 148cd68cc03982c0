using EndToEnd.Browsing;

namespace EndToEnd.Pages;

/// <summary>Which addresses of the portal one person came to: those that they were led to, and those that a link on any of these pages leads to.</summary>
/// <param name="who">For the messages of a failing test.</param>
internal sealed class Walk(string who, Window window, Uri portal)
{
    // Listings, modules and searches look alike: the first two of each kind are walked, with and without a query.
    private const int OfAKindMax = 2;
    private readonly Dictionary<string, List<string>> _byPage = [];

    public string Who => who;

    public Window Window => window;

    /// <summary>Route → addresses.</summary>
    public IReadOnlyDictionary<string, List<string>> Found => _byPage;

    public IEnumerable<string> Addresses => _byPage.Values.SelectMany(addresses => addresses);

    /// <summary>From now on every page that the window shows is one of the walk.</summary>
    public void Watch() => window.Page.FrameNavigated += (_, frame) =>
    {
        if (frame.ParentFrame is null && Uri.TryCreate(frame.Url, UriKind.Absolute, out var shown))
            Add(shown);
    };

    /// <summary>Follows every link from here, and from what was found already, until nothing new comes.</summary>
    public async Task FollowAsync(params string[] from)
    {
        foreach (var address in from)
            Add(new Uri(portal, address));

        var looked = new HashSet<string>();
        while (Addresses.FirstOrDefault(address => !looked.Contains(address)) is { } next)
        {
            looked.Add(next);
            await window.Page.GotoAsync(new Uri(portal, next).ToString());
            foreach (var link in await window.Page.EvaluateAsync<string[]>("[...document.links].map(link => link.href)"))
                Add(new Uri(link));
        }
    }

    private void Add(Uri address)
    {
        if (address.Authority != portal.Authority || PageRoutes.Of(address.AbsolutePath) is not { } page || address.Query.Contains("culture=", StringComparison.Ordinal))
            return;

        if (!_byPage.TryGetValue(page, out var known))
            _byPage[page] = known = [];
        // What a form said once ("said=paused") is not said again, and a search is one kind whatever it asks for.
        var pathAndQuery = address.AbsolutePath == "/sign-in" ? address.AbsolutePath : address.PathAndQuery;
        if (!known.Contains(pathAndQuery) && known.Count < OfAKindMax)
            known.Add(pathAndQuery);
    }
}
