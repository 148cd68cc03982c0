using System.Globalization;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Serialization.Metadata;
using Line.Audiences;
using Line.Json;
using Line.Validation;

namespace Line;

/// <summary>Audiences to narrowcast to. LINE fills them afterwards; use one when it is <c>READY</c>, which may take hours.</summary>
/// <remarks>Thread-safe. From <see cref="LineClient.Audiences"/>. 60 calls a minute; 1000 audiences at most. Source: LINE manage-audience.yml.</remarks>
public sealed class AudienceClient
{
    private const string Root = "/v2/bot/audienceGroup";
    private readonly LineApi _api;

    internal AudienceClient(LineApi api) => _api = api;

    /// <summary>Makes an audience of named people.</summary>
    public Task<Audience> CreateAsync(AudienceUpload upload, CancellationToken cancellationToken = default)
    {
        Demand(upload);
        return _api.ReadAsync(LineCall.Post($"{Root}/upload").With(upload, LineJson.Default.AudienceUpload), LineJson.Default.Audience, cancellationToken);
    }

    /// <summary>Makes an audience of the people in a file.</summary>
    /// <param name="description">Its name: 1 to 120 characters.</param>
    /// <param name="file">One id a line, 1 500 000 at most; read once, and not disposed.</param>
    /// <param name="isIfaAudience">Whether people are named by identifiers for advertisers.</param>
    /// <param name="uploadDescription">What this upload is called.</param>
    /// <param name="cancellationToken">Gives up waiting; LINE recommends to wait 30 s and more.</param>
    public Task<Audience> CreateFromFileAsync(
        string description, Stream file, bool isIfaAudience = false, string? uploadDescription = null, CancellationToken cancellationToken = default)
    {
        if (_api.Options.ChecksLimits)
        {
            var faults = new FaultFinder();
            faults.Text("description", description, 120);
            LineLimits.Demand(faults.Faults);
        }

        var fields = new Dictionary<string, string?>
        {
            ["description"] = description,
            ["isIfaAudience"] = isIfaAudience ? "true" : "false",
            ["uploadDescription"] = uploadDescription,
        };
        return _api.ReadAsync(Upload(LineCall.Post($"{Root}/upload/byFile"), fields, file), LineJson.Default.Audience, cancellationToken);
    }

    /// <summary>Adds named people.</summary>
    public Task AddAsync(AudienceAddition addition, CancellationToken cancellationToken = default)
    {
        Demand(addition);
        return _api.DoAsync(LineCall.Put($"{Root}/upload").With(addition, LineJson.Default.AudienceAddition), cancellationToken);
    }

    /// <summary>Adds the people in a file.</summary>
    /// <param name="audienceGroupId">The audience.</param>
    /// <param name="file">One id a line, 1 500 000 at most; read once, and not disposed.</param>
    /// <param name="uploadDescription">What this upload is called.</param>
    /// <param name="cancellationToken">Gives up waiting; LINE recommends to wait 30 s and more.</param>
    public Task AddFromFileAsync(long audienceGroupId, Stream file, string? uploadDescription = null, CancellationToken cancellationToken = default)
    {
        var fields = new Dictionary<string, string?> { ["audienceGroupId"] = Text(audienceGroupId), ["uploadDescription"] = uploadDescription };
        return _api.DoAsync(Upload(LineCall.Put($"{Root}/upload/byFile"), fields, file), cancellationToken);
    }

    /// <summary>Makes an audience of who followed a link in a broadcast or narrowcast of the last 60 days.</summary>
    /// <param name="description">Its name: 1 to 120 characters.</param>
    /// <param name="requestId">The send's request id.</param>
    /// <param name="clickUrl">The link, 2000 characters at most; null: any of them.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<Audience> CreateForClicksAsync(string description, string requestId, Uri? clickUrl = null, CancellationToken cancellationToken = default) =>
        RetargetAsync("click", description, requestId, clickUrl, cancellationToken);

    /// <summary>Makes an audience of who saw a broadcast or narrowcast of the last 60 days.</summary>
    /// <param name="description">Its name: 1 to 120 characters.</param>
    /// <param name="requestId">The send's request id.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<Audience> CreateForImpressionsAsync(string description, string requestId, CancellationToken cancellationToken = default) =>
        RetargetAsync("imp", description, requestId, clickUrl: null, cancellationToken);

    /// <summary>Gives an audience another name: 1 to 120 characters.</summary>
    public Task RenameAsync(long audienceGroupId, string description, CancellationToken cancellationToken = default) =>
        _api.DoAsync(LineCall.Put($"{Root}/{Text(audienceGroupId)}/updateDescription").With(writer => writer.WriteString("description"u8, description)), cancellationToken);

    /// <summary>Deletes an audience.</summary>
    public Task DeleteAsync(long audienceGroupId, CancellationToken cancellationToken = default) => _api.DoAsync(LineCall.Delete($"{Root}/{Text(audienceGroupId)}"), cancellationToken);

    /// <summary>An audience and its uploads.</summary>
    /// <exception cref="LineApiException">400 with the detail <c>AUDIENCE_GROUP_NOT_FOUND</c>.</exception>
    public Task<AudienceDetails> GetAsync(long audienceGroupId, CancellationToken cancellationToken = default) =>
        _api.ReadAsync(LineCall.Get($"{Root}/{Text(audienceGroupId)}"), LineJson.Default.AudienceDetails, cancellationToken);

    /// <summary>An audience that somebody shares with the account.</summary>
    /// <exception cref="LineApiException">400 with the detail <c>AUDIENCE_GROUP_NOT_FOUND</c>.</exception>
    public Task<AudienceDetails> GetSharedAsync(long audienceGroupId, CancellationToken cancellationToken = default) =>
        _api.ReadAsync(LineCall.Get($"{Root}/shared/{Text(audienceGroupId)}"), LineJson.Default.AudienceDetails, cancellationToken);

    /// <summary>A page of audiences.</summary>
    /// <param name="page">From 1.</param>
    /// <param name="query">Which; null: all.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<AudiencePage> GetPageAsync(int page = 1, AudienceQuery? query = null, CancellationToken cancellationToken = default) =>
        ListAsync($"{Root}/list", page, query, ("includesExternalPublicGroups", Text(query?.IncludesExternalPublicGroups)), cancellationToken);

    /// <summary>A page of the audiences that others share with the account.</summary>
    /// <param name="page">From 1.</param>
    /// <param name="query">Which; null: all.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task<AudiencePage> GetSharedPageAsync(int page = 1, AudienceQuery? query = null, CancellationToken cancellationToken = default) =>
        ListAsync($"{Root}/shared/list", page, query, ("includesOwnedAudienceGroups", Text(query?.IncludesOwnedAudienceGroups)), cancellationToken);

    /// <summary>All audiences, page after page.</summary>
    public IAsyncEnumerable<Audience> GetAllAsync(AudienceQuery? query = null, CancellationToken cancellationToken = default) => AllAsync(GetPageAsync, query, cancellationToken);

    /// <summary>All audiences that others share with the account, page after page.</summary>
    public IAsyncEnumerable<Audience> GetAllSharedAsync(AudienceQuery? query = null, CancellationToken cancellationToken = default) => AllAsync(GetSharedPageAsync, query, cancellationToken);

    private static string? Text(bool? flag) => flag is { } value ? (value ? "true" : "false") : null;

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static async IAsyncEnumerable<Audience> AllAsync(
        Func<int, AudienceQuery?, CancellationToken, Task<AudiencePage>> read, AudienceQuery? query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var page = 1; ; page++)
        {
            var answer = await read(page, query, cancellationToken).ConfigureAwait(false);
            foreach (var audience in answer.Audiences)
                yield return audience;

            if (!answer.HasNextPage)
                yield break;
        }
    }

    /// <summary>A form with a file. The stream is read once, so the call is made once.</summary>
    private static LineCall Upload(LineCall call, Dictionary<string, string?> fields, Stream file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return call with
        {
            IsData = true,
            IsOnce = true,
            Body = () =>
            {
                var form = new MultipartFormDataContent();
                foreach (var (name, value) in fields)
                {
                    if (value is not null)
                        form.Add(new StringContent(value, Encoding.UTF8), $"\"{name}\"");
                }

                var ids = new StreamContent(new KeptOpen(file));
                ids.Headers.ContentType = new MediaTypeHeaderValue("text/plain");
                form.Add(ids, "\"file\"", "\"audiences.txt\"");
                return form;
            },
        };
    }

    private Task<Audience> RetargetAsync(string kind, string description, string requestId, Uri? clickUrl, CancellationToken cancellationToken)
    {
        if (_api.Options.ChecksLimits)
        {
            var faults = new FaultFinder();
            faults.Text("description", description, 120);
            faults.Given("requestId", requestId);
            faults.Address("clickUrl", clickUrl, 2000, isRequired: false, "http", "https");
            LineLimits.Demand(faults.Faults);
        }

        var call = LineCall.Post($"{Root}/{kind}").With(writer =>
        {
            writer.WriteString("description"u8, description);
            writer.WriteString("requestId"u8, requestId);
            if (clickUrl is not null)
                writer.WriteString("clickUrl"u8, clickUrl.AbsoluteUri);
        });
        return _api.ReadAsync(call, LineJson.Default.Audience, cancellationToken);
    }

    private Task<AudiencePage> ListAsync(string path, int page, AudienceQuery? query, (string Name, string? Value) more, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(page, 1);
        if (query?.Size is < 1 or > AudienceQuery.SizeMax)
            throw new ArgumentOutOfRangeException(nameof(query), query.Size, $"A page holds 1 to {AudienceQuery.SizeMax} audiences.");

        var call = LineCall.Get(
            path, ("page", LineCall.Text(page)), ("size", LineCall.Text(query?.Size)), ("description", query?.Description), ("status", query?.Status), ("createRoute", query?.CreateRoute), more);
        return _api.ReadAsync(call, LineJson.Default.AudiencePage, cancellationToken);
    }

    private void Demand(IChecked request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (_api.Options.ChecksLimits)
            LineLimits.Demand(LineLimits.Check(request));
    }
}
