using System.Net;
using System.Net.Sockets;
using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.Data.SqlClient;

namespace Tenancy.Tests.SqlServer;

/// <summary>Two assemblies that SqlClient was built against are missing from our restore: docs/adr/0003-sql-server-stand-in.md.</summary>
public sealed class SqlServerAssembliesTests
{
    private const BindingFlags All = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>For signing a person in to Entra ID in a window; whoever wants that adds the package.</summary>
    private const string Broker = "Microsoft.Identity.Client.Broker";

    [Fact]
    public void Given_the_SQL_Server_provider_When_every_assembly_that_it_references_is_loaded_Then_only_the_one_for_sign_in_windows_is_missing()
    {
        var missing = new SortedSet<string>();
        var seen = new HashSet<string>();
        var ahead = new Queue<Assembly>([Assembly.Load("Microsoft.EntityFrameworkCore.SqlServer")]);
        while (ahead.TryDequeue(out var assembly))
        {
            foreach (var reference in assembly.GetReferencedAssemblies().Where(reference => seen.Add(reference.FullName)))
            {
                try
                {
                    ahead.Enqueue(Assembly.Load(reference));
                }
                catch (FileNotFoundException)
                {
                    missing.Add($"{reference.Name}, needed by {assembly.GetName().Name}");
                }
            }
        }

        seen.ShouldContain(name => name.StartsWith("Microsoft.SqlServer.Server,", StringComparison.Ordinal));
        missing.ShouldBe([$"{Broker}, needed by Microsoft.Data.SqlClient"]);
    }

    [Fact]
    public void Given_SqlClient_When_each_of_its_methods_is_compiled_Then_only_the_sign_in_window_names_a_type_that_is_not_there()
    {
        var failures = new SortedSet<string>();
        foreach (var method in typeof(SqlCommand).Assembly.GetTypes().SelectMany(MethodsOf))
        {
            try
            {
                RuntimeHelpers.PrepareMethod(method.MethodHandle);
            }
            catch (Exception notThere) when (notThere is FileNotFoundException or TypeLoadException or MissingMemberException)
            {
                failures.Add($"{method.DeclaringType}.{method.Name}: {notThere.Message}");
            }
        }

        failures.ShouldHaveSingleItem().ShouldStartWith($"Microsoft.Data.SqlClient.ActiveDirectoryAuthenticationProvider.CreateClientAppInstance: Could not load file or assembly '{Broker},");
    }

    [Fact]
    public async Task Given_a_port_where_nobody_listens_When_a_command_with_parameters_is_run_Then_the_network_is_what_fails()
    {
        var closed = ClosedPort();
        await using var connection = new SqlConnection($"Server=tcp:127.0.0.1,{closed};Database=market;User ID=market;Password=market;Connect Timeout=5;Connect Retry Count=0;Encrypt=false");
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT @text, @instant";
        command.Parameters.AddWithValue("@text", "青木髮廊");
        command.Parameters.AddWithValue("@instant", Make.Noon);

        await Should.ThrowAsync<SqlException>(async () =>
        {
            await connection.OpenAsync();
            await command.ExecuteScalarAsync();
        });
    }

    private static IEnumerable<MethodBase> MethodsOf(Type type) =>
        type.ContainsGenericParameters
            ? []
            : type.GetMethods(All).Cast<MethodBase>().Concat(type.GetConstructors(All))
                .Where(method => !method.IsAbstract && !method.ContainsGenericParameters && method.GetMethodBody() is not null);

    private static int ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
