using System.Runtime.InteropServices;

namespace Benchmarks.Load;

/// <summary>Sleeps for less than a millisecond where the system can: <see cref="Thread.Sleep(int)"/> rounds to whole ones, at 3 000 events a second a schedule of its own.</summary>
internal static class PreciseSleep
{
    public static void Micros(double micros)
    {
        if (!OperatingSystem.IsLinux())
        {
            SpinWait.SpinUntil(() => false, TimeSpan.FromMilliseconds(Math.Floor(micros / 1000))); // What is left the caller spins away.
            return;
        }

        var time = new TimeSpec { Seconds = (nint)(micros / 1_000_000), Nanoseconds = (nint)(micros % 1_000_000 * 1000) };
        _ = NanoSleep(in time, nint.Zero); // A signal may wake it early; the caller looks at the clock again.
    }

    [DllImport("libc", EntryPoint = "nanosleep")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int NanoSleep(in TimeSpec time, nint rest);

    private struct TimeSpec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
