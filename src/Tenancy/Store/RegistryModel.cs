using Line;
using Microsoft.EntityFrameworkCore;

namespace Tenancy;

/// <summary>How the registry lies in a relational store: the same tables, keys and rules on every database.</summary>
internal static class RegistryModel
{
    private const int NameMax = 100;
    private const int UrlMax = 2000;

    /// <summary>A module's webhook URL is as long as LINE lets one be.</summary>
    private const int WebhookUrlMax = 500;
    private const int EnumMax = 20;
    private const int ProtectedSecretMax = 1000;
    private const int ScopesMax = 2000;

    /// <summary>The registry's rows, for whoever must tell them from its own.</summary>
    private static readonly Type[] Rows =
    [
        typeof(Organisation), typeof(Person), typeof(Membership), typeof(OfficialAccount), typeof(Connection), typeof(Module),
        typeof(Linkage), typeof(Plan), typeof(Price), typeof(Subscription), typeof(RegistryRevision),
    ];

    public static void Build(ModelBuilder model, DatabaseDialect dialect)
    {
        ArgumentNullException.ThrowIfNull(model);
        BuildPeople(model);
        BuildAccounts(model);
        BuildModules(model);
        BuildPlans(model);
        BuildSubscriptions(model, dialect);
        BuildRevisions(model);

        // Nothing of the registry goes because something else went: rows end, they are not swept away.
        foreach (var key in model.Model.GetEntityTypes().SelectMany(entity => entity.GetForeignKeys()))
            key.DeleteBehavior = DeleteBehavior.Restrict;
    }

    public static void Conventions(ModelConfigurationBuilder conventions, DatabaseDialect dialect)
    {
        ArgumentNullException.ThrowIfNull(conventions);
        conventions.Properties<TenantId>().HaveConversion<GuidIdConverter<TenantId>>();
        conventions.Properties<PersonId>().HaveConversion<GuidIdConverter<PersonId>>();
        conventions.Properties<OfficialAccountId>().HaveConversion<GuidIdConverter<OfficialAccountId>>();
        conventions.Properties<ModuleId>().HaveConversion<GuidIdConverter<ModuleId>>();
        conventions.Properties<LinkageId>().HaveConversion<GuidIdConverter<LinkageId>>();
        conventions.Properties<PlanId>().HaveConversion<GuidIdConverter<PlanId>>();
        conventions.Properties<PriceId>().HaveConversion<GuidIdConverter<PriceId>>();
        conventions.Properties<SubscriptionId>().HaveConversion<GuidIdConverter<SubscriptionId>>();
        conventions.Properties<BotId>().HaveConversion<BotIdConverter>().HaveMaxLength(BotId.Length).AreUnicode(false);
        conventions.Properties<ChannelId>().HaveConversion<ChannelIdConverter>().HaveMaxLength(20).AreUnicode(false);
        conventions.Properties<Currency>().HaveConversion<CurrencyConverter>().HaveMaxLength(3).AreUnicode(false);
        conventions.Properties<IReadOnlyList<string>>().HaveConversion<TextListConverter, TextListComparer>().HaveMaxLength(ScopesMax);
        conventions.Properties<DateTimeOffset>().HaveConversion(dialect.InstantConverter);

        // Words, not numbers: a row can be read, and an enum's order may change.
        conventions.Properties<Enum>().HaveConversion<string>().HaveMaxLength(EnumMax).AreUnicode(false);
    }

    public static void ExcludeFromMigrations(ModelBuilder model)
    {
        foreach (var row in Rows)
            model.Entity(row).ToTable(table => table.ExcludeFromMigrations());
    }

    private static void BuildPeople(ModelBuilder model)
    {
        model.Entity<Organisation>(organisation =>
        {
            organisation.Property(row => row.Slug).HasMaxLength(40).IsUnicode(false);
            organisation.Property(row => row.Name).HasMaxLength(NameMax);
            organisation.Property(row => row.Country).HasMaxLength(2).IsUnicode(false);
            organisation.HasIndex(row => row.Slug).IsUnique();
        });
        model.Entity<Person>(person =>
        {
            person.ToTable("People");
            person.Property(row => row.Email).HasConversion<EmailConverter>().HasMaxLength(254);
            person.Property(row => row.DisplayName).HasMaxLength(NameMax);
            person.Property(row => row.Language).HasMaxLength(35).IsUnicode(false);
            person.HasIndex(row => row.Email).IsUnique();
        });
        model.Entity<Membership>(membership =>
        {
            membership.HasKey(row => new { row.TenantId, row.PersonId });
            membership.HasOne(row => row.Organisation).WithMany().HasForeignKey(row => row.TenantId);
            membership.HasOne(row => row.Person).WithMany().HasForeignKey(row => row.PersonId);
        });
    }

    private static void BuildAccounts(ModelBuilder model)
    {
        model.Entity<OfficialAccount>(account =>
        {
            account.Property(row => row.DisplayName).HasMaxLength(NameMax);
            account.Property(row => row.BasicId).HasMaxLength(NameMax);
            account.Property(row => row.PictureUrl).HasMaxLength(UrlMax);
            account.HasIndex(row => row.BotId).IsUnique();
            account.HasOne<Organisation>().WithMany().HasForeignKey(row => row.TenantId);
            IsFollowed(account);

            // DefaultLinkageId is no foreign key: with the linkage's own key to the account it would be a circle,
            // and no account could be saved together with its first linkage.
        });
        model.Entity<Connection>(connection =>
        {
            // No key to the account: the gateway writes this row, before and after the portal's has come to be.
            connection.HasKey(row => row.BotId);
            connection.Property(row => row.DisplayName).HasMaxLength(NameMax);
            connection.Property(row => row.BasicId).HasMaxLength(NameMax);
            connection.Property(row => row.PictureUrl).HasMaxLength(UrlMax);
            IsFollowed(connection);
        });
        model.Entity<Linkage>(linkage =>
        {
            linkage.HasOne(row => row.OfficialAccount).WithMany().HasForeignKey(row => row.OfficialAccountId);
            linkage.HasOne<Module>().WithMany().HasForeignKey(row => row.ModuleId);
            linkage.HasOne<Organisation>().WithMany().HasForeignKey(row => row.TenantId);
            linkage.HasIndex(row => new { row.OfficialAccountId, row.ModuleId }).IsUnique();
            linkage.HasIndex(row => row.BotId);
            IsFollowed(linkage);
        });
    }

    private static void BuildModules(ModelBuilder model) => model.Entity<Module>(module =>
    {
        module.Property(row => row.Name).HasMaxLength(NameMax);
        module.Property(row => row.ProtectedSecret).HasMaxLength(ProtectedSecretMax).IsUnicode(false);
        module.Property(row => row.ProtectedPreviousSecret).HasMaxLength(ProtectedSecretMax).IsUnicode(false);
        module.Property(row => row.WebhookUrl).HasMaxLength(WebhookUrlMax);
        module.Property(row => row.SetUpUrl).HasMaxLength(UrlMax);
        module.HasIndex(row => row.ChannelId).IsUnique();
        module.HasOne<Organisation>().WithMany().HasForeignKey(row => row.TenantId);
        IsFollowed(module);
    });

    private static void BuildPlans(ModelBuilder model)
    {
        model.Entity<Plan>(plan =>
        {
            plan.Property(row => row.Code).HasMaxLength(40).IsUnicode(false);
            plan.HasIndex(row => new { row.ModuleId, row.Code }).IsUnique();
            plan.HasOne<Module>().WithMany().HasForeignKey(row => row.ModuleId);
            plan.HasMany(row => row.Prices).WithOne().HasForeignKey(row => row.PlanId);
        });
        model.Entity<Price>(price => price.ComplexProperty(row => row.Amount, amount =>
        {
            amount.Property(money => money.MinorUnits).HasColumnName("AmountMinorUnits");
            amount.Property(money => money.Currency).HasColumnName("Currency");
        }));
    }

    private static void BuildSubscriptions(ModelBuilder model, DatabaseDialect dialect) => model.Entity<Subscription>(subscription =>
    {
        subscription.HasOne<Organisation>().WithMany().HasForeignKey(row => row.TenantId);
        subscription.HasOne<OfficialAccount>().WithMany().HasForeignKey(row => row.OfficialAccountId);
        subscription.HasOne<Module>().WithMany().HasForeignKey(row => row.ModuleId);
        subscription.HasOne<Plan>().WithMany().HasForeignKey(row => row.PlanId);
        subscription.HasOne<Price>().WithMany().HasForeignKey(row => row.PriceId);

        // Two clicks at once: this index lets one through.
        subscription.HasIndex(row => new { row.OfficialAccountId, row.ModuleId }).IsUnique().HasFilter(dialect.IsNull(nameof(Subscription.EndedAt)));
    });

    private static void BuildRevisions(ModelBuilder model) => model.Entity<RegistryRevision>(revision =>
    {
        revision.ToTable("RegistryRevision");
        revision.Property(row => row.Id).ValueGeneratedNever();

        // The row is made by the first migration, not by HasData: that would be repeated by every context that adds tables to these.
    });

    /// <summary>Read by revision, and written only by whoever saw the row's last one.</summary>
    private static void IsFollowed<TRow>(Microsoft.EntityFrameworkCore.Metadata.Builders.EntityTypeBuilder<TRow> row) where TRow : class, IRevisioned
    {
        row.Property(entity => entity.Revision).IsConcurrencyToken();
        row.HasIndex(entity => entity.Revision);
    }
}
