namespace Line;

/// <summary>All of LINE's bot APIs for one channel, grouped as LINE's reference groups them.</summary>
/// <remarks>
/// <para>Thread-safe and cheap: keep one for the channel's life, and its <see cref="HttpClient"/> with it. An ordinary Messaging API channel has one
/// Official Account, and its token says which. A module channel has many: <see cref="For"/> names the one that calls are for.</para>
/// <para>What LINE refuses is a <see cref="LineApiException"/>; what breaks LINE's published limits is a <see cref="LineValidationException"/> before
/// anything is sent; repeating is <see cref="LineRetry"/>'s. A network failure that remains is an <see cref="HttpRequestException"/>, the HTTP client's
/// time-out a <see cref="TaskCanceledException"/>.</para>
/// </remarks>
public sealed class LineClient
{
    private readonly LineApi _api;

    /// <param name="http">Any client; addresses come from the options. Its time-out is the longest wait for one attempt.</param>
    /// <param name="tokens">Gives the channel's access token: a <see cref="StatelessTokenSource"/>, or a <see cref="FixedTokenSource"/>.</param>
    /// <param name="options">Null: LINE itself, with <see cref="LineRetry.Standard"/>.</param>
    public LineClient(HttpClient http, IChannelTokenSource tokens, LineClientOptions? options = null)
        : this(new LineApi(http ?? throw new ArgumentNullException(nameof(http)), tokens ?? throw new ArgumentNullException(nameof(tokens)), options ?? new LineClientOptions(), bot: null))
    {
    }

    private LineClient(LineApi api) => _api = api;

    /// <summary>Sending, and what is shown while a chat goes on.</summary>
    public MessagingClient Messages => new(_api);

    /// <summary>Pictures, videos, sounds and files that people sent.</summary>
    public ContentClient Content => new(_api);

    /// <summary>The month's quota, and how many messages went out.</summary>
    public UsageClient Usage => new(_api);

    /// <summary>Friends and others who wrote.</summary>
    public UserClient Users => new(_api);

    /// <summary>Groups and rooms.</summary>
    public GroupClient Groups => new(_api);

    /// <summary>The account itself and where its webhooks go.</summary>
    public ChannelClient Channel => new(_api);

    /// <summary>Rich menus, their pictures and aliases, and who sees which.</summary>
    public RichMenuClient RichMenus => new(_api);

    /// <summary>Audiences to narrowcast to.</summary>
    public AudienceClient Audiences => new(_api);

    /// <summary>Statistics.</summary>
    public InsightClient Insight => new(_api);

    /// <summary>Coupons.</summary>
    public CouponClient Coupons => new(_api);

    /// <summary>Paid memberships of the account.</summary>
    public MembershipClient Memberships => new(_api);

    /// <summary>LINE notification messages, to phone numbers.</summary>
    public NotificationClient Notifications => new(_api);

    /// <summary>What only a module channel may do.</summary>
    public ModuleClient Modules => new(_api);

    /// <summary>The same client for one of a module channel's Official Accounts: each call names it in a header (<see cref="LineEndpoints.BotHeaderName"/>).</summary>
    public LineClient For(BotId bot) => new(_api.For(bot.IsDefault ? throw new ArgumentException("default(BotId) names no bot.", nameof(bot)) : bot));
}
