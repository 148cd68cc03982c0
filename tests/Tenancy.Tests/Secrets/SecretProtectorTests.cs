using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Tenancy.Tests.Secrets;

public sealed class SecretProtectorTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("module-market-test-").FullName;

    [Fact]
    public void Given_two_web_apps_with_one_key_ring_When_one_protects_a_secret_Then_the_other_reads_it_and_no_one_sees_it()
    {
        using var portal = App("shared");
        using var gateway = App("shared");

        var stored = portal.GetRequiredService<SecretProtector>().Protect("channel-secret");

        stored.ShouldNotContain("channel-secret");
        gateway.GetRequiredService<SecretProtector>().Unprotect(stored).ShouldBe("channel-secret");
        Directory.EnumerateFiles(Path.Combine(_folder, "shared", "keys"), "key-*.xml").ShouldNotBeEmpty();
    }

    [Fact]
    public void Given_a_secret_of_another_key_ring_or_a_changed_one_When_read_Then_it_is_refused()
    {
        using var ours = App("ours");
        using var theirs = App("theirs");
        var stored = theirs.GetRequiredService<SecretProtector>().Protect("channel-secret");
        var changed = ours.GetRequiredService<SecretProtector>().Protect("channel-secret");
        changed = changed[..^4] + (changed[^4] == 'A' ? 'B' : 'A') + changed[^3..];

        Should.Throw<CryptographicException>(() => ours.GetRequiredService<SecretProtector>().Unprotect(stored));
        Should.Throw<CryptographicException>(() => ours.GetRequiredService<SecretProtector>().Unprotect(changed));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private ServiceProvider App(string folder)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["Data:Folder"] = Path.Combine(_folder, folder) })
            .Build();
        return new ServiceCollection().AddLogging().AddTenancy(configuration).BuildServiceProvider();
    }
}
