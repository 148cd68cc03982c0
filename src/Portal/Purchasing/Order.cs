using Line;
using Portal.Gateway;
using Tenancy;

namespace Portal.Purchasing;

/// <summary>A purchase on its way. It holds the steps together over browsers, devices and restarts, for seven days.</summary>
/// <remarks>
/// It belongs to the person who began it, not to a tenant: the organisation may only come to be at the end.
/// Each transition says whether it happened; one that does not fit the state changes nothing, so every step can be repeated.
/// </remarks>
public sealed class Order
{
    /// <summary>How long an unfinished order can be taken up again.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    internal const int SetbackDetailMax = 500;

    public required OrderId Id { get; init; }

    public required PersonId BuyerId { get; init; }

    /// <summary>The listing's place in the path, so that the way back is known.</summary>
    public required string ListingSlug { get; init; }

    public required ModuleId ModuleId { get; init; }

    public required PlanId PlanId { get; set; }

    public required string PlanCode { get; set; }

    /// <summary>The price row that was shown; the subscription is made at it.</summary>
    public required PriceId PriceId { get; set; }

    public OrderState State { get; private set; }

    /// <summary>Why the last trip to LINE ended without an account; null when there is nothing to explain.</summary>
    public OrderSetback? Setback { get; private set; }

    /// <summary>LINE's own words for the setback, if it said any.</summary>
    public string? SetbackDetail { get; private set; }

    /// <summary>The organisation that buys; null while it is not chosen or not made yet.</summary>
    public TenantId? TenantId { get; private set; }

    /// <summary>The account, once known.</summary>
    public BotId? BotId { get; private set; }

    public string? AccountName { get; private set; }

    public string? BasicId { get; private set; }

    public string? PictureUrl { get; private set; }

    /// <summary>The trip to LINE that counts; a newer trip makes older ones void.</summary>
    public Guid? AttachRequestId { get; private set; }

    /// <summary>The buyer's answer to "Does another service answer in your account today?"; null: not said.</summary>
    public bool? AnotherServiceAnswers { get; set; }

    /// <summary>What the review page said when it was agreed to, as JSON: lines of text in the buyer's language.</summary>
    public string? AgreedTerms { get; private set; }

    public LinkageId? LinkageId { get; private set; }

    public SubscriptionId? SubscriptionId { get; private set; }

    public required DateTimeOffset BegunAt { get; init; }

    public DateTimeOffset ChangedAt { get; private set; }

    public DateTimeOffset? ConfirmedAt { get; private set; }

    /// <summary>Counts changes: the store refuses a save over somebody else's.</summary>
    public int Version { get; private set; }

    /// <summary>After this instant an unfinished order is gone for its buyer.</summary>
    public DateTimeOffset ExpiresAt => BegunAt + Lifetime;

    public bool IsOpen(DateTimeOffset now) => State != OrderState.Confirmed && now < ExpiresAt;

    /// <summary>The buyer sets out for LINE. From any state but the last: a new trip voids an older one.</summary>
    /// <param name="tenant">The organisation whose account it is, or that connects another; null: made at the end.</param>
    /// <param name="account">The account to consent for; null: the buyer picks at LINE.</param>
    public bool LeaveForLine(Guid attachRequestId, TenantId? tenant, BotId? account, DateTimeOffset now)
    {
        if (!IsOpen(now))
            return false;

        Forget();
        (TenantId, BotId, AttachRequestId) = (tenant, account, attachRequestId);
        Move(OrderState.AtLine, now);
        return true;
    }

    /// <summary>The account is connected already and has granted enough: no trip is needed.</summary>
    public bool Choose(OfficialAccount account, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(account);
        if (!IsOpen(now))
            return false;

        Forget();
        (TenantId, BotId, AccountName, BasicId, PictureUrl) = (account.TenantId, account.BotId, account.DisplayName, account.BasicId, account.PictureUrl);
        Move(OrderState.InReview, now);
        return true;
    }

    /// <summary>LINE attached an account with all that the module needs.</summary>
    /// <param name="owner">The buyer's organisation that has claimed the account before; null: nobody has.</param>
    public bool ComeBackAttached(AttachOutcome outcome, TenantId? owner, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        if (!IsAwaiting(outcome, now) || outcome.BotId is not { } bot)
            return false;

        (TenantId, BotId, AccountName, BasicId, PictureUrl) = (owner ?? TenantId, bot, outcome.DisplayName ?? bot.ToString(), outcome.BasicId ?? "", outcome.PictureUrl);
        Move(OrderState.InReview, now);
        return true;
    }

    /// <summary>The trip ended without a usable account: back at the choice, with the reason.</summary>
    public bool ComeBackWithout(AttachOutcome outcome, OrderSetback setback, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        if (!IsAwaiting(outcome, now))
            return false;

        StepBack(setback, outcome.ErrorDescription, now);
        return true;
    }

    /// <summary>What the review rested on is no longer so.</summary>
    public bool FallBack(OrderSetback setback, DateTimeOffset now)
    {
        if (!IsOpen(now) || State != OrderState.InReview)
            return false;

        StepBack(setback, null, now);
        return true;
    }

    /// <summary>The buyer agreed, and subscription and linkage are made in the same save.</summary>
    public bool Confirm(Subscription subscription, Linkage linkage, string agreedTerms, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(subscription);
        ArgumentNullException.ThrowIfNull(linkage);
        if (!IsOpen(now) || State != OrderState.InReview)
            return false;

        (TenantId, SubscriptionId, LinkageId, AgreedTerms, ConfirmedAt) = (subscription.TenantId, subscription.Id, linkage.Id, agreedTerms, now);
        Move(OrderState.Confirmed, now);
        return true;
    }

    private bool IsAwaiting(AttachOutcome outcome, DateTimeOffset now) => IsOpen(now) && State == OrderState.AtLine && outcome.Id == AttachRequestId;

    private void StepBack(OrderSetback setback, string? detail, DateTimeOffset now)
    {
        Forget();
        // LINE's text is shown, never needed: a long one is cut rather than refused.
        (Setback, SetbackDetail) = (setback, detail is { Length: > SetbackDetailMax } ? detail[..SetbackDetailMax] : detail);
        Move(OrderState.ChoosingAccount, now);
    }

    private void Forget() =>
        (TenantId, BotId, AccountName, BasicId, PictureUrl, AttachRequestId, Setback, SetbackDetail) = (null, null, null, null, null, null, null, null);

    private void Move(OrderState state, DateTimeOffset now)
    {
        State = state;
        ChangedAt = now;
        Version++;
    }
}
