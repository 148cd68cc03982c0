using System.Globalization;
using System.Linq.Expressions;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Portal.Store;
using Tenancy;

namespace Portal.Leaving;

/// <summary>What of an organisation lies in the database: every table with a column <c>TenantId</c>, found in the model, so that one that is added tomorrow is exported too.</summary>
internal static class ExportTables
{
    // Secrets open doors and are no data of anybody; files are the company's own uploads, which it has.
    private static readonly string[] Withheld = ["Protected", "Secret", "Hash", "Token", "Password", "Key", "Sealed", "Cipher", "Stamp"];
    private static readonly MethodInfo Reader = typeof(ExportTables).GetMethod(nameof(Read), BindingFlags.NonPublic | BindingFlags.Static)!;
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Types of rows that belong to an organisation.</summary>
    public static IReadOnlyList<IEntityType> Of(PortalDb db) =>
        [.. db.Model.GetEntityTypes().Where(type => type.ClrType == typeof(Organisation) || Owner(type) is not null).OrderBy(type => type.ClrType.Name, StringComparer.Ordinal)];

    /// <summary>The columns that are exported.</summary>
    public static IReadOnlyList<IProperty> Columns(IEntityType type) =>
        [.. type.GetProperties().Where(property => property.PropertyInfo is not null && property.ClrType != typeof(byte[]) && !Withheld.Any(word => property.Name.Contains(word, StringComparison.Ordinal)))];

    /// <summary>All rows of one type.</summary>
    public static IAsyncEnumerable<JsonObject> RowsAsync(PortalDb db, IEntityType type, TenantId organisation) =>
        (IAsyncEnumerable<JsonObject>)Reader.MakeGenericMethod(type.ClrType).Invoke(null, [db, type, organisation])!;

    /// <summary>A value as a cell shows it.</summary>
    public static string Text(JsonNode? value) => value switch { null => "", JsonValue plain when plain.TryGetValue<string>(out var text) => text, _ => value.ToJsonString() };

    private static IProperty? Owner(IEntityType type) =>
        type.FindProperty(nameof(ITenantOwned.TenantId)) is { PropertyInfo: not null } owner && (Nullable.GetUnderlyingType(owner.ClrType) ?? owner.ClrType) == typeof(TenantId) ? owner : null;

    private static async IAsyncEnumerable<JsonObject> Read<T>(PortalDb db, IEntityType type, TenantId organisation)
        where T : class
    {
        var columns = Columns(type);
        var row = Expression.Parameter(typeof(T));
        var owner = Owner(type)?.PropertyInfo ?? typeof(Organisation).GetProperty(nameof(Organisation.Id))!;
        var isTheirs = Expression.Lambda<Func<T, bool>>(Expression.Equal(Expression.Property(row, owner), Expression.Constant(organisation, owner.PropertyType)), row);
        await foreach (var entity in db.Set<T>().AsNoTracking().Where(isTheirs).AsAsyncEnumerable())
            yield return new JsonObject(columns.Select(column => KeyValuePair.Create(JsonNamingPolicy.CamelCase.ConvertName(column.Name), Node(column.PropertyInfo!.GetValue(entity)))));
    }

    private static JsonNode? Node(object? value) => value switch
    {
        null => null,
        bool or int or long or decimal or double => JsonSerializer.SerializeToNode(value, Json),
        DateTimeOffset at => at.ToString("O", CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("O", CultureInfo.InvariantCulture),
        string text => text,
        System.Collections.IEnumerable list => new JsonArray([.. list.Cast<object?>().Select(Node)]),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };
}
