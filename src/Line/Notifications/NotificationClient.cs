using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Line.Json;
using Line.Notifications;
using Line.Validation;

namespace Line;

/// <summary>LINE notification messages: to people by phone number, friends or not, for useful notices only.</summary>
/// <remarks>
/// Thread-safe. From <see cref="LineClient.Notifications"/>. Success means that LINE took it. Delivered it is when the webhook event <c>delivery</c> brings the
/// tag back; without one within 24 hours it was not. Never repeated where the outcome is unknown: there is no retry key.
/// Source: LINE messaging-api.yml (flexible) and LINE's reference of notification messages (template).
/// </remarks>
public sealed partial class NotificationClient
{
    private readonly LineApi _api;

    internal NotificationClient(LineApi api) => _api = api;

    /// <summary>What LINE wants in place of a phone number: SHA-256 of its E.164 form, in hex.</summary>
    /// <param name="phoneNumber">Like <c>+818000001234</c>; spaces and hyphens are left out.</param>
    /// <exception cref="ArgumentException">Not a plus and 8 to 15 digits.</exception>
    public static string HashOf(string phoneNumber)
    {
        ArgumentNullException.ThrowIfNull(phoneNumber);
        var number = phoneNumber.Replace("-", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);
        return E164().IsMatch(number)
            ? Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(number)))
            : throw new ArgumentException("A phone number in E.164 form is expected: a plus, the country code and the number.", nameof(phoneNumber));
    }

    /// <summary>Sends messages that LINE has reviewed (flexible).</summary>
    /// <param name="phoneHash">From <see cref="HashOf"/>.</param>
    /// <param name="messages">1 to 5; no picture, video or sound.</param>
    /// <param name="deliveryTag">16 to 100 characters, comes back when it is delivered; null: the hash does.</param>
    /// <param name="isSilent">Whether phones stay silent.</param>
    /// <param name="cancellationToken">Gives up waiting; it may have been sent.</param>
    /// <returns>LINE's id of the call.</returns>
    /// <exception cref="LineApiException">422: no such person, or they take no such messages.</exception>
    public async Task<string?> PushAsync(
        string phoneHash, IReadOnlyList<LineMessage> messages, string? deliveryTag = null, bool isSilent = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var request = new SendRequest(messages) { ToPhone = phoneHash ?? "", IsSilent = isSilent };
        if (_api.Options.ChecksLimits)
            LineLimits.Demand([.. LineLimits.Check(request), .. Media(messages)]);

        var call = LineCall.Post("/bot/pnp/push").With(request.WriteTo) with { Header = Tag(deliveryTag) };
        return (await _api.SendAsync(call, cancellationToken).ConfigureAwait(false)).OrThrow().RequestId;
    }

    /// <summary>Sends one of LINE's templates.</summary>
    /// <param name="phoneHash">From <see cref="HashOf"/>.</param>
    /// <param name="notice">The template and what stands in it.</param>
    /// <param name="deliveryTag">16 to 100 characters, comes back when it is delivered; null: the hash does.</param>
    /// <param name="cancellationToken">Gives up waiting; it may have been sent.</param>
    /// <returns>LINE's id of the call.</returns>
    /// <exception cref="LineApiException">422: no such person, or they take no such messages.</exception>
    public async Task<string?> PushTemplateAsync(string phoneHash, TemplateNotice notice, string? deliveryTag = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(notice);
        if (_api.Options.ChecksLimits)
            LineLimits.Demand(LineLimits.Check(notice));

        var call = LineCall.Post("/v2/bot/message/pnp/templated/push").With(new TemplatePush(phoneHash, notice.TemplateKey, notice.Body), LineJson.Default.TemplatePush);
        return (await _api.SendAsync(call with { Header = Tag(deliveryTag) }, cancellationToken).ConfigureAwait(false)).OrThrow().RequestId;
    }

    private static IEnumerable<LineErrorDetail> Media(IReadOnlyList<LineMessage> messages) =>
        messages.Index().Where(message => message.Item is ImageMessage or VideoMessage or AudioMessage).Select(message => new LineErrorDetail($"{message.Item.Type} is not taken here", $"messages[{message.Index}].type"));

    private static (string, string)? Tag(string? tag) => tag switch
    {
        null => null,
        { Length: >= 16 and <= 100 } => ("X-Line-Delivery-Tag", tag),
        _ => throw new ArgumentException("A delivery tag has 16 to 100 characters.", nameof(tag)),
    };

    [GeneratedRegex(@"^\+[0-9]{8,15}$")]
    private static partial Regex E164();
}
