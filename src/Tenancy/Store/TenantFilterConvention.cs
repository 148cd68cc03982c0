using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;

namespace Tenancy;

/// <summary>Hides every tenant-owned row from other tenants, also those of contexts that derive from the registry's: no filter can be forgotten.</summary>
/// <param name="db">The context whose model is made. EF puts the context of each query in its place.</param>
internal sealed class TenantFilterConvention(RegistryDb db) : IModelFinalizingConvention
{
    public void ProcessModelFinalizing(IConventionModelBuilder modelBuilder, IConventionContext<IConventionModelBuilder> context)
    {
        foreach (var entity in modelBuilder.Metadata.GetEntityTypes())
        {
            if (entity.BaseType is null && typeof(ITenantOwned).IsAssignableFrom(entity.ClrType))
                entity.SetQueryFilter(Filter(entity.ClrType));
        }
    }

    // row => db.ScopeSeesAll || row.TenantId == db.ScopeTenant
    private LambdaExpression Filter(Type type)
    {
        var row = Expression.Parameter(type, "row");
        var owner = Expression.Convert(Expression.Property(row, nameof(ITenantOwned.TenantId)), typeof(TenantId?));
        var scope = Expression.Constant(db, typeof(RegistryDb));
        return Expression.Lambda(
            Expression.OrElse(
                Expression.Property(scope, nameof(RegistryDb.ScopeSeesAll)),
                Expression.Equal(owner, Expression.Property(scope, nameof(RegistryDb.ScopeTenant)))),
            row);
    }
}
