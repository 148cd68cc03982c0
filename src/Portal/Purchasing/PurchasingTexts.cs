namespace Portal.Purchasing;

/// <summary>Names the texts of a purchase: plan, account, LINE, review, set-up. They stand beside this file; the neutral one is English.</summary>
public sealed class PurchasingTexts;
