using Tenancy;

namespace Portal.Operations.Approvals;

/// <summary>Something that operators are to approve.</summary>
public readonly record struct ApprovalId(Guid Value) : IGuidId<ApprovalId> { public static ApprovalId New() => new(Guid.CreateVersion7()); public static ApprovalId From(Guid value) => new(value); public override string ToString() => Value.ToString(); }
