using System.Diagnostics;
using System.Globalization;

namespace Reliability.World;

/// <summary>A file system of its own with little room, and a file on it that takes what is left.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly string _ballast;

    public SmallDisk(int megabytes)
    {
        Folder = Directory.CreateTempSubdirectory("module-market-small-disk-").FullName;
        _ballast = Path.Combine(Folder, "ballast");
        Run("mount", "-t", "tmpfs", "-o", string.Create(CultureInfo.InvariantCulture, $"size={megabytes}m"), "tmpfs", Folder);
    }

    public string Folder { get; }

    /// <summary>Leaves so much room, in bytes.</summary>
    public void Leave(long bytes)
    {
        using var file = new FileStream(_ballast, FileMode.Create);
        var block = new byte[64 * 1024];
        while (new DriveInfo(Folder).AvailableFreeSpace > bytes + block.Length)
        {
            file.Write(block);
            file.Flush();
        }
    }

    public void MakeRoom() => File.Delete(_ballast);

    public void Dispose()
    {
        Run("umount", Folder);
        Directory.Delete(Folder);
    }

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}");
    }
}
