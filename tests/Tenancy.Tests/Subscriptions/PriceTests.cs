using Microsoft.EntityFrameworkCore;

namespace Tenancy.Tests.Subscriptions;

public sealed class PriceTests
{
    [Fact]
    public async Task Given_a_price_When_it_is_retired_Then_that_is_saved()
    {
        await using var registry = await Registry.NewAsync(Database.Sqlite);
        var (_, _, price) = await registry.NewModuleAsync();
        await using var work = registry.AsEverybody();
        (await work.Db.Prices.SingleAsync()).RetiredAt = Make.Noon;

        (await work.Db.SaveChangesAsync()).ShouldBe(1);

        await using var reading = registry.AsEverybody();
        (await reading.Db.Prices.SingleAsync(row => row.Id == price.Id)).RetiredAt.ShouldNotBeNull();
    }

    [Theory]
    [InlineData(nameof(Price.ValidFrom))]
    [InlineData(nameof(Price.Interval))]
    public async Task Given_a_price_When_anything_else_about_it_changes_Then_the_save_is_refused(string property)
    {
        await using var registry = await Registry.NewAsync(Database.Sqlite);
        await registry.NewModuleAsync();
        await using var work = registry.AsEverybody();
        var entry = work.Db.Entry(await work.Db.Prices.SingleAsync());
        entry.Property(property).CurrentValue = property == nameof(Price.Interval) ? BillingInterval.Year : Make.Noon.AddDays(1);

        var refusal = await Should.ThrowAsync<ImmutableRowException>(() => work.Db.SaveChangesAsync());

        refusal.Message.ShouldContain(property);
    }

    [Fact]
    public async Task Given_a_price_When_its_amount_changes_Then_the_save_is_refused()
    {
        await using var registry = await Registry.NewAsync(Database.Sqlite);
        await registry.NewModuleAsync();
        await using var work = registry.AsEverybody();
        var entry = work.Db.Entry(await work.Db.Prices.SingleAsync());
        entry.ComplexProperty(price => price.Amount).CurrentValue = Money.Of(1, Currency.Twd);

        var refusal = await Should.ThrowAsync<ImmutableRowException>(() => work.Db.SaveChangesAsync());

        refusal.Message.ShouldContain(nameof(Price.Amount));
    }

    [Fact]
    public async Task Given_a_price_When_it_is_deleted_Then_the_save_is_refused()
    {
        await using var registry = await Registry.NewAsync(Database.Sqlite);
        await registry.NewModuleAsync();
        await using var work = registry.AsEverybody();
        work.Db.Remove(await work.Db.Prices.SingleAsync());

        await Should.ThrowAsync<ImmutableRowException>(() => work.Db.SaveChangesAsync());
    }
}
