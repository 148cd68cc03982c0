using System.Security.Cryptography;
using System.Text;
using ModuleGateway.Store;
using ModuleGateway.Store.Sql;
using ModuleGateway.Store.Sqlite;
using Tenancy;

namespace ModuleGateway.Tests.Store;

public sealed class GatewaySchemaTests
{
    /// <summary>The digest of each version's tables. Never change a line here: add one.</summary>
    private static readonly Dictionary<int, string> Known = new()
    {
        [2] = "1fa8c5fe44562a6b4b18491d8bf7581770333992c3ec986d6af1fe3cc06e829e",
        [3] = "f1c42c7fd5849215e14d53c5448a26c315f6c5414cdad1897c66e67af5d397f3",
        [4] = "e38366db99854e4960f3479db5f1a05289131f15368adfa8b7372fbf9300ffcc",
        [5] = "6ab8f07f7d7f88ac6ec7d39e5fbeda21f6d2cec8ed0464cd34198a05e1e537c9",
        [6] = "e283c45dcb405d73674abf3b5533d8dd0bb823f53e881647dadbafd2aed06e63",
    };

    [Fact]
    public void Given_the_stores_tables_When_somebody_changes_them_Then_the_version_is_raised_too()
    {
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(GatewaySchema.ForSqlite)));
        Known.GetValueOrDefault(GatewaySchema.Version).ShouldBe(digest, "the tables changed: raise GatewaySchema.Version and add its digest here");
    }

    [Fact]
    public async Task Given_a_file_of_another_version_When_the_store_opens_Then_it_is_refused_in_one_sentence()
    {
        var folder = Directory.CreateTempSubdirectory("gateway-store");
        try
        {
            using (var session = new SqliteSession(Path.Combine(folder.FullName, "gateway.db"), readOnly: false))
                session.Execute("PRAGMA user_version = 1");
            using var store = new SqliteStore(new StoreOptions { Folder = folder.FullName }, new StoreClock(TimeProvider.System));
            var refused = await Should.ThrowAsync<DatabaseUnusableException>(() => store.OpenAsync(CancellationToken.None));
            refused.Message.ShouldContain("another version");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
