using Tenancy;

namespace Portal.Providers;

/// <summary>A company's application to be a certified provider; each renewal is one of its own.</summary>
public readonly record struct ApplicationId(Guid Value) : IGuidId<ApplicationId> { public static ApplicationId New() => new(Guid.CreateVersion7()); public static ApplicationId From(Guid value) => new(value); public override string ToString() => Value.ToString(); }

/// <summary>A document that was handed in.</summary>
public readonly record struct DocumentId(Guid Value) : IGuidId<DocumentId> { public static DocumentId New() => new(Guid.CreateVersion7()); public static DocumentId From(Guid value) => new(value); public override string ToString() => Value.ToString(); }
