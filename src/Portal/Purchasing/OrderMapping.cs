using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Tenancy;

namespace Portal.Purchasing;

internal sealed class OrderMapping : IEntityTypeConfiguration<Order>
{
    public void Configure(EntityTypeBuilder<Order> builder)
    {
        builder.ToTable("Orders");
        builder.HasKey(order => order.Id);
        builder.Property(order => order.Id).HasConversion<GuidIdConverter<OrderId>>().ValueGeneratedNever();
        builder.Property(order => order.ListingSlug).HasMaxLength(80);
        builder.Property(order => order.PlanCode).HasMaxLength(40);
        builder.Property(order => order.State).HasConversion<string>().HasMaxLength(20);
        builder.Property(order => order.Setback).HasConversion<string>().HasMaxLength(20);
        builder.Property(order => order.SetbackDetail).HasMaxLength(Order.SetbackDetailMax);
        builder.Property(order => order.AccountName).HasMaxLength(200);
        builder.Property(order => order.BasicId).HasMaxLength(40);
        builder.Property(order => order.PictureUrl).HasMaxLength(1000);
        // Two confirms at once: the second one's update finds another version and its whole transaction is undone.
        builder.Property(order => order.Version).IsConcurrencyToken();
        builder.HasIndex(order => new { order.BuyerId, order.ModuleId, order.BegunAt });
        builder.HasIndex(order => new { order.State, order.ChangedAt });
    }
}
