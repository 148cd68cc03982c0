using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Benchmarks.Checks;

namespace Benchmarks;

/// <summary>Runs the measures, prints one table, writes it as JSON.</summary>
internal static class Run
{
    private const string DefaultFile = "artifacts/benchmarks.json";
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <returns>0, also where a goal was missed: a busy machine is no failure. 1 where a run was refused, 2 for names that no measure has.</returns>
    public static async Task<int> AllAsync(string[] args, TimeProvider clock, IReadOnlyList<IMeasure> measures)
    {
        var (file, names) = Read(args);
        var unknown = names.Except(measures.Select(measure => measure.Name)).ToList();
        if (unknown.Count > 0)
        {
            await Console.Error.WriteLineAsync($"There is no measure {string.Join(", ", unknown)}; there are {string.Join(", ", measures.Select(measure => measure.Name))}.");
            return 2;
        }

        var started = clock.GetUtcNow();
        var machine = Machine.Now();
        var rows = new List<Row>();
        foreach (var measure in measures.Where(measure => names.Count == 0 || names.Contains(measure.Name)))
        {
            await Console.Error.WriteLineAsync($"{measure.Name} …");
            rows.Add(new Row(measure.Name, measure.What, measure.Against, measure.Goal, await MeasureAsync(measure)));
        }

        Print(machine, rows);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(new { at = started, machine, rows }, Json));
        Console.WriteLine($"\nWritten to {file}.");
        return rows.Any(row => row.Found.IsRefused) ? 1 : 0;
    }

    /// <summary>A run that is refused is a row that says so: the others are worth reading all the same.</summary>
    private static async Task<Measured> MeasureAsync(IMeasure measure)
    {
        try
        {
            return await measure.MeasureAsync();
        }
        catch (RefusedRunException refused)
        {
            await Console.Error.WriteLineAsync(refused.Message);
            return Measured.Refused(refused.Message);
        }
    }

    private static (string File, List<string> Names) Read(string[] args)
    {
        var at = Array.IndexOf(args, "--json");
        return at >= 0 && at + 1 < args.Length ? (args[at + 1], [.. args[..at], .. args[(at + 2)..]]) : (DefaultFile, [.. args]);
    }

    private static void Print(Machine machine, List<Row> rows)
    {
        Console.WriteLine($"{machine.Processor}, {machine.Cores} cores, load {machine.Load} at the start, {machine.Runtime}\n");
        Console.WriteLine("| what | against | goal | found | spread | ours | other | allocated | |");
        Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        foreach (var (_, what, against, goal, found) in rows)
        {
            var allocated = found.BytesAllocated is { } bytes ? string.Create(CultureInfo.InvariantCulture, $"{bytes:0.##} B") : "";
            var verdict = found.Verdict ?? new Verdict(
                string.Create(CultureInfo.InvariantCulture, $"≥ {goal:0.0#} ×"), string.Create(CultureInfo.InvariantCulture, $"{found.Ratio:0.00} ×"), found.Ratio >= goal);
            Console.WriteLine($"| {what} | {against} | {verdict.Goal} | {(verdict.IsMet ? "" : "missed: ")}{verdict.Found} | {found.Spread} | {found.Ours} | {found.Other} | {allocated} | {found.Note} |");
        }
    }

    private sealed record Row(string Name, string What, string Against, double Goal, Measured Found);
}
