namespace EndToEnd.Browsing;

/// <summary>Tests that share the one Chromium. They run one after another: a picture of a busy machine says nothing.</summary>
[CollectionDefinition(Name)]
public sealed class BrowserTests : ICollectionFixture<BrowserFixture>
{
    public const string Name = "Browser";
}
