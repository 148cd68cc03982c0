using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace Line.Tests.Clients;

/// <summary>A request as it arrived at <see cref="LineServer"/>.</summary>
public sealed record SeenRequest(string Method, string Path, string Query, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public IReadOnlyDictionary<string, string> Form =>
        QueryHelpers.ParseQuery(Body).ToDictionary(pair => pair.Key, pair => pair.Value.ToString(), StringComparer.Ordinal);

    public IReadOnlyDictionary<string, string> Parameters =>
        QueryHelpers.ParseQuery(Query).ToDictionary(pair => pair.Key, pair => pair.Value.ToString(), StringComparer.Ordinal);
}
