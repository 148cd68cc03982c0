using System.Net;
using System.Text.RegularExpressions;
using Line.Json;
using Line.RichMenus;
using Line.Validation;

namespace Line;

/// <summary>Rich menus, their pictures and aliases, and who sees which.</summary>
/// <remarks>
/// Thread-safe. From <see cref="LineClient.RichMenus"/>. A menu needs its picture before anybody can see it, and neither changes afterwards: make another.
/// 100 menus an hour may be created, and 100 deleted; an account has 1000 menus and 1000 aliases at most. Source: LINE messaging-api.yml, "Rich menu".
/// </remarks>
public sealed partial class RichMenuClient
{
    /// <summary>Largest picture, in bytes.</summary>
    public const int ImageBytesMax = 1024 * 1024;

    private const string Root = "/v2/bot/richmenu";
    private readonly LineApi _api;

    internal RichMenuClient(LineApi api) => _api = api;

    /// <summary>Creates a menu.</summary>
    /// <returns>Its id.</returns>
    public async Task<string> CreateAsync(RichMenu menu, CancellationToken cancellationToken = default)
    {
        Demand(menu);
        return (await _api.SendAsync(LineCall.Post(Root).With(menu, LineJson.Default.RichMenu), cancellationToken).ConfigureAwait(false)).OrThrow().Required("richMenuId");
    }

    /// <summary>Asks LINE whether it would take a menu; nothing is made.</summary>
    /// <exception cref="LineApiException">400 with what is wrong.</exception>
    public Task ValidateAsync(RichMenu menu, CancellationToken cancellationToken = default) =>
        _api.DoAsync(LineCall.Post($"{Root}/validate").Repeatable().With(menu, LineJson.Default.RichMenu), cancellationToken);

    /// <summary>Gives a menu its picture.</summary>
    /// <param name="richMenuId">The menu.</param>
    /// <param name="image">JPEG or PNG of the menu's size, 1 MB at most.</param>
    /// <param name="contentType"><c>image/jpeg</c> or <c>image/png</c>.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public Task SetImageAsync(string richMenuId, ReadOnlyMemory<byte> image, string contentType, CancellationToken cancellationToken = default)
    {
        if (_api.Options.ChecksLimits && image.Length > ImageBytesMax)
            throw new LineValidationException([new LineErrorDetail($"an image has at most {ImageBytesMax} bytes", "image")]);

        return _api.DoAsync(LineCall.Post($"{Root}/{LineCall.Escaped(richMenuId)}/content") with { IsData = true, Body = () => Picture(image, contentType) }, cancellationToken);
    }

    /// <summary>A menu's picture, as a stream from LINE.</summary>
    /// <exception cref="LineApiException">404: no such menu, or it has no picture.</exception>
    public async Task<LineContent> OpenImageAsync(string richMenuId, CancellationToken cancellationToken = default)
    {
        var response = await _api.OpenAsync(LineCall.Get($"{Root}/{LineCall.Escaped(richMenuId)}/content") with { IsData = true }, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.OK)
            return await LineContent.OfAsync(response, cancellationToken).ConfigureAwait(false);

        using (response)
            throw (await LineAnswer.ReadAsync(response, cancellationToken).ConfigureAwait(false)).Failure();
    }

    /// <summary>A menu; null when LINE keeps none of this id.</summary>
    public Task<StoredRichMenu?> GetAsync(string richMenuId, CancellationToken cancellationToken = default) =>
        _api.FindAsync(LineCall.Get($"{Root}/{LineCall.Escaped(richMenuId)}"), LineJson.Default.StoredRichMenu, cancellationToken);

    /// <summary>All menus made by API; not those of LINE's own screens. 10 calls a second at most.</summary>
    public async Task<IReadOnlyList<StoredRichMenu>> GetAllAsync(CancellationToken cancellationToken = default)
    {
        var answer = (await _api.SendAsync(LineCall.Get($"{Root}/list"), cancellationToken).ConfigureAwait(false)).OrThrow();
        return answer.Read(LineJson.Default.StoredRichMenus).Richmenus ?? throw answer.Unreadable("richmenus");
    }

    /// <summary>Deletes a menu.</summary>
    public Task DeleteAsync(string richMenuId, CancellationToken cancellationToken = default) =>
        _api.DoAsync(LineCall.Delete($"{Root}/{LineCall.Escaped(richMenuId)}"), cancellationToken);

    /// <summary>Shows a menu to everybody who has none of their own.</summary>
    public Task SetDefaultAsync(string richMenuId, CancellationToken cancellationToken = default) =>
        _api.DoAsync(LineCall.Post($"/v2/bot/user/all/richmenu/{LineCall.Escaped(richMenuId)}").Repeatable(), cancellationToken);

    /// <summary>The default menu's id; null when there is none.</summary>
    /// <exception cref="LineApiException">403: another channel has set one.</exception>
    public Task<string?> GetDefaultAsync(CancellationToken cancellationToken = default) => MenuOfAsync("/v2/bot/user/all/richmenu", cancellationToken);

    /// <summary>Shows no default menu any more.</summary>
    public Task ClearDefaultAsync(CancellationToken cancellationToken = default) => _api.DoAsync(LineCall.Delete("/v2/bot/user/all/richmenu"), cancellationToken);

    /// <summary>Shows a menu to one person. Nothing happens, and nothing is said, for who is no friend.</summary>
    public Task LinkAsync(UserId user, string richMenuId, CancellationToken cancellationToken = default) =>
        _api.DoAsync(LineCall.Post($"/v2/bot/user/{user}/richmenu/{LineCall.Escaped(richMenuId)}").Repeatable(), cancellationToken);

    /// <summary>The id of a person's own menu; null when they have none.</summary>
    public Task<string?> GetOfUserAsync(UserId user, CancellationToken cancellationToken = default) => MenuOfAsync($"/v2/bot/user/{user}/richmenu", cancellationToken);

    /// <summary>Shows the default menu to one person again.</summary>
    public Task UnlinkAsync(UserId user, CancellationToken cancellationToken = default) => _api.DoAsync(LineCall.Delete($"/v2/bot/user/{user}/richmenu"), cancellationToken);

    /// <summary>Shows a menu to up to 500 people, within seconds.</summary>
    public Task LinkAsync(IReadOnlyList<UserId> users, string richMenuId, CancellationToken cancellationToken = default) =>
        _api.DoAsync(LineCall.Post($"{Root}/bulk/link").Repeatable().With(new BulkRichMenu(Checked(users), richMenuId), LineJson.Default.BulkRichMenu), cancellationToken);

    /// <summary>Shows the default menu to up to 500 people again, within seconds.</summary>
    public Task UnlinkAsync(IReadOnlyList<UserId> users, CancellationToken cancellationToken = default) =>
        _api.DoAsync(LineCall.Post($"{Root}/bulk/unlink").Repeatable().With(new BulkRichMenu(Checked(users), RichMenuId: null), LineJson.Default.BulkRichMenu), cancellationToken);

    /// <summary>Changes who sees which menu, for everybody. LINE works on it afterwards. Three calls an hour at most.</summary>
    /// <returns>The id by which <see cref="GetBatchProgressAsync"/> tells how far it is.</returns>
    public async Task<string?> RunBatchAsync(RichMenuBatch batch, CancellationToken cancellationToken = default)
    {
        Demand(batch);
        return (await _api.SendAsync(LineCall.Post($"{Root}/batch").With(batch, LineJson.Default.RichMenuBatch), cancellationToken).ConfigureAwait(false)).OrThrow().RequestId;
    }

    /// <summary>Asks LINE whether it would take a batch; nothing is done.</summary>
    /// <exception cref="LineApiException">400 with what is wrong.</exception>
    public Task ValidateBatchAsync(RichMenuBatch batch, CancellationToken cancellationToken = default) =>
        _api.DoAsync(LineCall.Post($"{Root}/validate/batch").Repeatable().With(batch, LineJson.Default.RichMenuBatch), cancellationToken);

    /// <summary>How far a batch is; null when LINE knows none of this id in the last 14 days.</summary>
    public Task<RichMenuBatchProgress?> GetBatchProgressAsync(string requestId, CancellationToken cancellationToken = default) =>
        _api.FindAsync(LineCall.Get($"{Root}/progress/batch", ("requestId", requestId)), LineJson.Default.RichMenuBatchProgress, cancellationToken);

    /// <summary>Names a menu of this channel that has its picture.</summary>
    public Task CreateAliasAsync(RichMenuAlias alias, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(alias);
        if (_api.Options.ChecksLimits)
        {
            var faults = new FaultFinder();
            faults.Given("richMenuId", alias.RichMenuId);
            faults.Matches("richMenuAliasId", alias.RichMenuAliasId ?? "", AliasForm());
            LineLimits.Demand(faults.Faults);
        }

        return _api.DoAsync(LineCall.Post($"{Root}/alias").With(alias, LineJson.Default.RichMenuAlias), cancellationToken);
    }

    /// <summary>Gives a name to another menu. Phones may show the old one for a while.</summary>
    public Task UpdateAliasAsync(RichMenuAlias alias, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(alias);
        return _api.DoAsync(
            LineCall.Post($"{Root}/alias/{LineCall.Escaped(alias.RichMenuAliasId)}").Repeatable().With(writer => writer.WriteString("richMenuId"u8, alias.RichMenuId)), cancellationToken);
    }

    /// <summary>Takes a name away. 100 an hour at most.</summary>
    public Task DeleteAliasAsync(string richMenuAliasId, CancellationToken cancellationToken = default) =>
        _api.DoAsync(LineCall.Delete($"{Root}/alias/{LineCall.Escaped(richMenuAliasId)}"), cancellationToken);

    /// <summary>A name; null when there is none.</summary>
    public Task<RichMenuAlias?> GetAliasAsync(string richMenuAliasId, CancellationToken cancellationToken = default) =>
        _api.FindAsync(LineCall.Get($"{Root}/alias/{LineCall.Escaped(richMenuAliasId)}"), LineJson.Default.RichMenuAlias, cancellationToken);

    /// <summary>All names.</summary>
    public async Task<IReadOnlyList<RichMenuAlias>> GetAliasesAsync(CancellationToken cancellationToken = default)
    {
        var answer = (await _api.SendAsync(LineCall.Get($"{Root}/alias/list"), cancellationToken).ConfigureAwait(false)).OrThrow();
        return answer.Read(LineJson.Default.RichMenuAliases).Aliases ?? throw answer.Unreadable("aliases");
    }

    private static ReadOnlyMemoryContent Picture(ReadOnlyMemory<byte> image, string contentType)
    {
        var content = new ReadOnlyMemoryContent(image);
        content.Headers.ContentType = new(contentType);
        return content;
    }

    private void Demand(IChecked request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (_api.Options.ChecksLimits)
            LineLimits.Demand(LineLimits.Check(request));
    }

    private IReadOnlyList<UserId> Checked(IReadOnlyList<UserId> users)
    {
        var faults = new FaultFinder();
        faults.Size("userIds", users, 1, LineLimits.RecipientsMax);
        if (_api.Options.ChecksLimits)
            LineLimits.Demand(faults.Faults);

        return users;
    }

    private async Task<string?> MenuOfAsync(string path, CancellationToken cancellationToken)
    {
        var answer = await _api.SendAsync(LineCall.Get(path), cancellationToken).ConfigureAwait(false);
        return answer.Status == HttpStatusCode.NotFound ? null : answer.OrThrow().Required("richMenuId");
    }

    [GeneratedRegex("^[a-z0-9_-]{1,32}$")]
    private static partial Regex AliasForm();
}
