using System.Text.Json;
using Marketplace.Commands;
using Microsoft.Data.Sqlite;

namespace Marketplace.Hosting;

/// <summary>The folder with everything that an instance keeps. Open by one instance at a time.</summary>
internal sealed class DataFolder : IDisposable
{
    private const string SecretsFile = "secrets.json", PlaceFile = "instance.json", LockFile = "instance.lock";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private readonly FileStream _lock;

    private DataFolder(string path, FileStream @lock, InstanceSecrets secrets, int portBase) => (Path, _lock, Secrets, PortBase) = (path, @lock, secrets, portBase);

    /// <summary>The folder, as a full path.</summary>
    public string Path { get; }

    public InstanceSecrets Secrets { get; }

    /// <summary>The port base that the folder's addresses are made for.</summary>
    public int PortBase { get; }

    /// <summary>A file or folder in it.</summary>
    public string At(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Opens the folder, or makes it.</summary>
    /// <param name="path">Relative to the working folder.</param>
    /// <param name="portBase">Null: the one it was made for, or the default.</param>
    /// <exception cref="RefusedException">It cannot be written, is in use, holds a file that is broken, or was made for other ports.</exception>
    public static DataFolder Open(string path, int? portBase)
    {
        var full = System.IO.Path.GetFullPath(path);
        var held = Lock(full);
        try
        {
            foreach (var file in Directory.EnumerateFiles(full, "*.db"))
                Check(file);
            var place = Read<Place>(System.IO.Path.Combine(full, PlaceFile), read => read.PortBase is > 0 and < 65_536)
                ?? Write(System.IO.Path.Combine(full, PlaceFile), new Place(portBase ?? InstanceOptions.DefaultPortBase));
            if (portBase is not null && portBase != place.PortBase)
            {
                // Webhook and set-up addresses of the demo modules stand in the database.
                throw new RefusedException(
                    $"The data folder {full} was made for --port-base {place.PortBase}, and addresses with those ports are kept in it: start with that one, or with another folder (--data).");
            }

            var secrets = Read<InstanceSecrets>(System.IO.Path.Combine(full, SecretsFile), read => read.IsWhole)
                ?? Write(System.IO.Path.Combine(full, SecretsFile), InstanceSecrets.New());
            if (secrets.LoginChannel is null) // A folder from before people could sign in with LINE.
                secrets = Write(System.IO.Path.Combine(full, SecretsFile), secrets with { LoginChannel = InstanceSecrets.Credentials.New('3') });
            return new DataFolder(full, held, secrets, place.PortBase);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    public void Dispose() => _lock.Dispose();

    private static FileStream Lock(string folder)
    {
        try
        {
            // Databases make their files as the system's default says: it is the folder that keeps other people of this machine out.
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(folder);
            else
                Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(folder, refused);
        }

        var file = System.IO.Path.Combine(folder, LockFile);
        try
        {
            return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException refused) when (File.Exists(file))
        {
            throw new RefusedException($"The data folder {folder} is in use by another Module Market: stop that one, or choose another folder with --data.", refused);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(folder, refused);
        }
    }

    /// <summary>A file that is no database is found here by name, before any room trips over it.</summary>
    private static void Check(string file)
    {
        try
        {
            using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ToString());
            connection.Open();
            using var look = connection.CreateCommand();
            look.CommandText = "SELECT count(*) FROM sqlite_schema";
            look.ExecuteScalar();
        }
        catch (SqliteException broken)
        {
            throw new RefusedException($"The database {file} cannot be used ({Reason(broken)}): put a good copy in its place, or move it away and a fresh one is made.", broken);
        }
    }

    /// <summary>SQLite's own words, without the library's "SQLite Error 26: '...'." around them.</summary>
    private static string Reason(SqliteException broken) => broken.Message.Split('\'') is [_, var words, ..] ? words : broken.Message;

    private static T? Read<T>(string file, Func<T, bool> isWhole) where T : class
    {
        try
        {
            var read = File.Exists(file) ? JsonSerializer.Deserialize<T>(File.ReadAllText(file), Json) : null;
            return read is null || isWhole(read) ? read : throw Broken(file, null);
        }
        catch (JsonException broken)
        {
            throw Broken(file, broken);
        }
        catch (UnauthorizedAccessException refused)
        {
            throw new RefusedException($"The file {file} cannot be read: give yourself the right to, or choose another folder with --data.", refused);
        }
    }

    private static RefusedException Broken(string file, Exception? cause) =>
        new($"The file {file} is broken: put a good copy in its place, or choose another folder with --data.", cause);

    private static T Write<T>(string file, T value)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly; // From its first byte on: a mode set afterwards leaves a moment in which others may read.

        // Written aside and moved into place: a kill in the middle leaves no half file behind.
        var aside = file + ".new";
        File.Delete(aside);
        using (var stream = new FileStream(aside, options))
            JsonSerializer.Serialize(stream, value, Json);
        File.Move(aside, file, overwrite: true);
        return value;
    }

    private static RefusedException Unwritable(string folder, Exception cause) =>
        new($"The data folder {folder} cannot be written ({cause.Message.TrimEnd('.')}): give yourself the right to, or choose another folder with --data.", cause);

    private sealed record Place(int PortBase);
}
