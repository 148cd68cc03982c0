using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Tenancy.Tests.Configuration;

public sealed class ConfigurationTests : IDisposable
{
    private const string ExpectedOfPostgreSql = "with Database:Provider PostgreSql, 'Host=...;Database=...;Username=...;Password=...' is expected.";
    private readonly string _folder = Directory.CreateTempSubdirectory("module-market-test-").FullName;

    [Theory]
    [InlineData("Database:Provider", "MySql", "Database:Provider must be Sqlite, PostgreSql or SqlServer; it is 'MySql'.")]
    [InlineData("Database:Provider", "", "Database:Provider must be Sqlite, PostgreSql or SqlServer; it is ''.")]
    [InlineData("Database:Provider", "1", "Database:Provider must be Sqlite, PostgreSql or SqlServer; it is '1'.")]
    [InlineData("Database:Provider", "PostgreSql", "Database:ConnectionString is missing: " + ExpectedOfPostgreSql)]
    [InlineData("Database:ConnectionSting", "Data Source=x.db", "Database:ConnectionSting is unknown: Provider or ConnectionString is expected in Database.")]
    [InlineData("Database:ConnectionString", "", "Database:ConnectionString is missing: with Database:Provider Sqlite, 'Data Source=/path/to/market.db' is expected.")]
    [InlineData("Database:ConnectionString", "Cache=Shared", "Database:ConnectionString names no database: with Database:Provider Sqlite, 'Data Source=/path/to/market.db' is expected.")]
    [InlineData("Data:Folder", " ", "Data:Folder is empty: a folder that can be written is expected.")]
    [InlineData("Data:Foldr", "x", "Data:Foldr is unknown: Folder is expected in Data.")]
    public async Task Given_one_wrong_key_When_the_app_starts_Then_one_sentence_names_it_and_what_is_expected(string key, string value, string sentence) =>
        (await StartFailureAsync(new() { [key] = value })).ShouldBe(sentence);

    [Theory]
    [InlineData("Host=db.example.com;Username=market;Password=hunter2", "Database:ConnectionString names no database: " + ExpectedOfPostgreSql)]
    [InlineData("Hots=db.example.com;Password=hunter2", "Database:ConnectionString cannot be read: " + ExpectedOfPostgreSql)]
    public async Task Given_half_a_connection_string_When_the_app_starts_Then_the_sentence_says_so_and_keeps_the_password(string connectionString, string sentence)
    {
        var failure = await StartFailureAsync(new() { ["Database:Provider"] = "PostgreSql", ["Database:ConnectionString"] = connectionString });

        failure.ShouldBe(sentence);
        failure.ShouldNotContain("hunter2");
    }

    [Fact]
    public async Task Given_a_SQL_Server_connection_string_without_a_database_When_the_app_starts_Then_one_sentence_says_what_is_expected() =>
        (await StartFailureAsync(new() { ["Database:Provider"] = "SqlServer", ["Database:ConnectionString"] = "Server=db.example.com;User ID=market" }))
            .ShouldBe("Database:ConnectionString names no database: with Database:Provider SqlServer, 'Server=...;Database=...;User ID=...;Password=...' is expected.");

    [Fact]
    public async Task Given_a_data_folder_that_is_a_file_When_the_app_starts_Then_one_sentence_names_the_key_and_the_path()
    {
        var file = Path.Combine(_folder, "occupied");
        await File.WriteAllTextAsync(file, "A file, not a folder.");

        var failure = await StartFailureAsync(new() { ["Data:Folder"] = file });

        failure.ShouldStartWith($"Data:Folder must be a folder that can be written; {file} is not: ");
    }

    [Fact]
    public async Task Given_no_word_on_the_database_When_the_app_starts_Then_it_is_a_SQLite_file_in_the_data_folder()
    {
        using var host = Host([]);
        await host.StartAsync();
        await host.Services.GetRequiredService<RegistryMigrator>().MigrateAsync(CancellationToken.None);

        host.Services.GetRequiredService<MarketDatabase>().Dialect.Provider.ShouldBe(DatabaseProvider.Sqlite);
        File.Exists(Path.Combine(_folder, "market.db")).ShouldBeTrue();
        await host.StopAsync();
    }

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<string> StartFailureAsync(Dictionary<string, string?> settings)
    {
        using var host = Host(settings);
        return (await Should.ThrowAsync<OptionsValidationException>(() => host.StartAsync())).Message;
    }

    private IHost Host(Dictionary<string, string?> settings)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Data:Folder"] = _folder });
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Services.AddTenancy(builder.Configuration);
        return builder.Build();
    }
}
