using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Reliability.World;

/// <summary>A PostgreSQL server of a test's own that keeps what it confirms, and that can fail and come back.</summary>
internal sealed class OwnPostgreSql : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory("module-market-own-postgresql-").FullName;
    private readonly string _bin = Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")).Order(StringComparer.Ordinal).Last();
    private readonly int _port = FreePort();
    private bool _isUp;

    public OwnPostgreSql()
    {
        var password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        File.WriteAllText(Path.Combine(_home, "password"), password);
        if (Environment.IsPrivilegedProcess)
            Run("chown", "-R", "postgres", _home);
        RunAsOwner("initdb", "-D", Data, "-U", "market", "-A", "scram-sha-256", $"--pwfile={Path.Combine(_home, "password")}", "-E", "UTF8", "--locale=C.UTF-8");
        ConnectionString = $"Host=127.0.0.1;Port={_port.ToString(CultureInfo.InvariantCulture)};Database=postgres;Username=market;Password={password};Pooling=false"; // A connection from before a failure is of no use.
        Start();
    }

    public string ConnectionString { get; }

    private string Data => Path.Combine(_home, "data");

    public void Start()
    {
        RunAsOwner(
            "pg_ctl", "-D", Data, "-l", Path.Combine(_home, "server.log"), "-w", "-t", "60", "start", "-o",
            $"-p {_port.ToString(CultureInfo.InvariantCulture)} -c listen_addresses=127.0.0.1 -c unix_socket_directories={_home} -c max_connections=100 -c fsync=on");
        _isUp = true;
    }

    /// <summary>As when the machine fails: no goodbye to anybody, nothing is written any more.</summary>
    public void Fail()
    {
        RunAsOwner("pg_ctl", "-D", Data, "-m", "immediate", "-w", "stop");
        _isUp = false;
    }

    public void Dispose()
    {
        if (_isUp)
            Fail();
        Directory.Delete(_home, recursive: true);
    }

    private void RunAsOwner(string program, params string[] arguments)
    {
        if (Environment.IsPrivilegedProcess)
            Run("setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", Path.Combine(_bin, program), .. arguments]);
        else
            Run(Path.Combine(_bin, program), arguments);
    }

    private void Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = _home };
        using var process = Process.Start(start)!;
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
