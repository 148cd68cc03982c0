namespace Tenancy;

// One line an id: a Guid (UUID v7, so that rows are born in order and no insert waits for the store's key) that cannot be mistaken for another.

/// <summary>An organisation: an SMB that owns bots, a provider that owns modules, or both.</summary>
public readonly record struct TenantId(Guid Value) : IGuidId<TenantId> { public static TenantId New() => new(Guid.CreateVersion7()); public static TenantId From(Guid value) => new(value); public override string ToString() => Value.ToString(); }

/// <summary>A person who signs in.</summary>
public readonly record struct PersonId(Guid Value) : IGuidId<PersonId> { public static PersonId New() => new(Guid.CreateVersion7()); public static PersonId From(Guid value) => new(value); public override string ToString() => Value.ToString(); }

/// <summary>One LINE Official Account that a tenant owns here; at LINE it is known by its Bot ID.</summary>
public readonly record struct OfficialAccountId(Guid Value) : IGuidId<OfficialAccountId> { public static OfficialAccountId New() => new(Guid.CreateVersion7()); public static OfficialAccountId From(Guid value) => new(value); public override string ToString() => Value.ToString(); }

/// <summary>A provider's product: one virtual module channel.</summary>
public readonly record struct ModuleId(Guid Value) : IGuidId<ModuleId> { public static ModuleId New() => new(Guid.CreateVersion7()); public static ModuleId From(Guid value) => new(value); public override string ToString() => Value.ToString(); }

/// <summary>A module attached to a bot, here.</summary>
public readonly record struct LinkageId(Guid Value) : IGuidId<LinkageId> { public static LinkageId New() => new(Guid.CreateVersion7()); public static LinkageId From(Guid value) => new(value); public override string ToString() => Value.ToString(); }

/// <summary>What a module costs and allows.</summary>
public readonly record struct PlanId(Guid Value) : IGuidId<PlanId> { public static PlanId New() => new(Guid.CreateVersion7()); public static PlanId From(Guid value) => new(value); public override string ToString() => Value.ToString(); }

/// <summary>One immutable price of a plan.</summary>
public readonly record struct PriceId(Guid Value) : IGuidId<PriceId> { public static PriceId New() => new(Guid.CreateVersion7()); public static PriceId From(Guid value) => new(value); public override string ToString() => Value.ToString(); }

/// <summary>A tenant's right to use a plan on one bot.</summary>
public readonly record struct SubscriptionId(Guid Value) : IGuidId<SubscriptionId> { public static SubscriptionId New() => new(Guid.CreateVersion7()); public static SubscriptionId From(Guid value) => new(value); public override string ToString() => Value.ToString(); }
