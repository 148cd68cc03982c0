using System.Diagnostics;
using System.Globalization;
using ControlModel.Checking;
using ControlModel.Model;
using ControlModel.Steps;
using Tenancy;

namespace ControlModel.World;

/// <summary>How much is tried.</summary>
/// <param name="Steps">Calls, events and moves of time in all.</param>
/// <param name="Seed">The same choices again; which of two calls is first at the gateway remains chance.</param>
internal sealed record RunPlan(int Steps, int Seed)
{
    public int Bots { get; init; } = 6;

    public int ChatsEach { get; init; } = 3;

    public int Callers { get; init; } = 10;

    /// <summary>Steps of one round, all bots together; then everything comes to rest and is judged.</summary>
    public int RoundSteps { get; init; } = 150;

    /// <summary>One round in so many has a restart in the middle; 0: none.</summary>
    public int RestartEvery { get; init; } = 8;

    /// <summary>Whether a violation is told with its whole round.</summary>
    public bool TellsAll { get; init; } = Environment.GetEnvironmentVariable("CONTROL_MODEL_TELL") == "all";

    /// <summary>Where histories are kept that no order explains, or that were hard to explain; null: nowhere.</summary>
    public string? KeepIn { get; init; } = Environment.GetEnvironmentVariable("CONTROL_MODEL_KEEP") is { Length: > 0 } folder ? folder : null;

    /// <summary>Points from which on a history is a hard one.</summary>
    public int KeepFrom { get; init; } = 200_000;

    /// <summary>As the environment says: CONTROL_MODEL_STEPS, CONTROL_MODEL_SEED.</summary>
    public static RunPlan FromEnvironment(int steps) => new(
        int.TryParse(Environment.GetEnvironmentVariable("CONTROL_MODEL_STEPS"), CultureInfo.InvariantCulture, out var asked) ? asked : steps,
        int.TryParse(Environment.GetEnvironmentVariable("CONTROL_MODEL_SEED"), CultureInfo.InvariantCulture, out var seed) ? seed : Random.Shared.Next());
}

/// <summary>What a run found.</summary>
/// <param name="Steps">Steps that were judged.</param>
/// <param name="Violations">The first round that cannot be explained, bot by bot; empty: none.</param>
internal sealed record Findings(int Steps, IReadOnlyList<string> Violations, string Report);

/// <summary>Many callers at once, round by round; after each round everything comes to rest, and what happened is judged.</summary>
internal sealed class Run(Scene scene, RunPlan plan)
{
    private readonly Tally _tally = new();
    private readonly Invariants _invariants = new();
    private readonly List<string> _violations = [];
    private Rows? _early; // Seen before the round that it belongs to.
    private int _judged;
    private long _restedAt;
    private int _looked;

    public static async Task<Findings> GoAsync(Func<string, Task<IGateway>> start, RunPlan plan)
    {
        var clock = Stopwatch.StartNew();
        await using var scene = await Scene.OpenAsync(start, plan.Seed);
        var run = new Run(scene, plan);
        await run.SetUpAsync();
        for (var round = 0; run._tally["step"] < plan.Steps && run._violations.Count == 0; round++)
            await run.TryRoundAsync(round);
        return run.Conclude(clock.Elapsed);
    }

    private async Task SetUpAsync()
    {
        for (var i = 0; i < plan.Bots; i++)
            await scene.AddBotAsync(linkages: 2 + (i % 3), plan.ChatsEach);
        await BeginAsync(scene.Bots);
        _early = null;
    }

    /// <summary>From here on everything that happens to these bots is judged.</summary>
    private async Task BeginAsync(IEnumerable<ModelBot> bots)
    {
        _early = await scene.Gateway.ReadNewAsync();
        foreach (var bot in bots)
        {
            bot.Told.Clear();
            bot.Tokens.Clear(); // Of before: their copies are not looked at.
            bot.States = [BotState.Begin(scene.Gateway.Now, 0, bot.Linkages.Count, bot.Chats.Count)];
        }
    }

    /// <summary>Where too many orders are possible to know all their ends, a fresh bot takes the place: its round was explained, the next would not be.</summary>
    private async Task ReplaceUnclearAsync()
    {
        var unclear = scene.Bots.Where(bot => bot.IsUnclear).ToList();
        if (unclear.Count == 0)
            return;

        _tally.Count("bot replaced", unclear.Count);
        foreach (var bot in unclear)
        {
            await scene.RemoveBotAsync(bot);
            await scene.AddBotAsync(bot.Linkages.Count, bot.Chats.Count);
        }

        var fresh = scene.Bots.TakeLast(unclear.Count).ToList();
        await BeginAsync(fresh);
        _early = _early!.Without(fresh.Select(bot => bot.StoreKey).ToHashSet());
    }

    private async Task TryRoundAsync(int round)
    {
        try
        {
            await RoundAsync(round);
        }
        catch (TimeoutException late)
        {
            Violate($"Round {round}: a module did not get in time what it is owed.{Environment.NewLine}{late}");
        }
    }

    private async Task RoundAsync(int round)
    {
        var left = Math.Min(plan.RoundSteps, plan.Steps - _tally["step"]);
        var restarts = plan.RestartEvery > 0 && round % plan.RestartEvery == plan.RestartEvery - 1;
        var restartAt = restarts ? left / 2 : -1;
        scene.Line.BeHonest(false);
        await Task.WhenAll(Enumerable.Range(0, plan.Callers).Select(number => Task.Run(() => CallAsync(new Caller(scene, new Random(unchecked((plan.Seed * 31 + round) * 31 + number)), _tally)))));
        await RestAsync();
        await JudgeAsync(round);
        await ReplaceUnclearAsync();

        async Task CallAsync(Caller caller)
        {
            for (int mine; (mine = Interlocked.Decrement(ref left)) >= 0;)
            {
                _tally.Count("step");
                if (mine == restartAt)
                {
                    _tally.Count("restart");
                    await scene.Gateway.RestartAsync(scene.Door());
                }
                else
                {
                    await caller.StepAsync();
                }
            }

            // Whoever is the first to be done lets LINE answer what waits, or the others would wait for ever.
            scene.Line.BeHonest(true);
        }
    }

    /// <summary>Nothing is on its way any more: LINE has said all it had to say, and every module has got everything.</summary>
    private async Task RestAsync()
    {
        _restedAt = Stopwatch.GetTimestamp();
        var last = new Caller(scene, new Random(0), _tally);
        while (await last.LineSaysAsync())
        {
        }

        await Parallel.ForEachAsync(scene.Bots, async (bot, _) =>
        {
            if (bot.WasAway)
                await scene.PostEventAsync(bot, EventKind.Attached, -1, true, scene.Line.Stamp());
            bot.WasAway = false;
            foreach (var chat in bot.Chats)
            {
                // The last event of each chat: who gets it has got everything before it.
                var (isActive, saidAt) = scene.Line.SideOf(bot, chat.Number);
                var id = await scene.PostEventAsync(bot, EventKind.Message, chat.Number, isActive, saidAt);
                foreach (var linkage in bot.Linkages.Where(one => one.Standing is Standing.On or Standing.InSetUp))
                    await scene.Arrivals.OfAsync(linkage.Id, id);
            }
        });
    }

    private async Task JudgeAsync(int round)
    {
        var rows = (await scene.Gateway.ReadNewAsync()).After(_early);
        _early = null;
        foreach (var row in rows.Deliveries.Where(row => !row.IsCancelled))
        {
            if (scene.Bots.Find(bot => bot.StoreKey == row.Bot) is { } bot)
                await scene.Arrivals.OfAsync(bot.Linkages.Single(one => one.Id.Value == row.Linkage).Id, row.EventId);
        }

        var over = Stopwatch.GetTimestamp();
        var evidence = scene.Bots.Select(bot => new Evidence(bot, rows, scene.Arrivals, scene.Line, over)).ToList();
        foreach (var one in evidence)
            _violations.AddRange(_invariants.Look(rows, one).Select(what => $"Round {round}, {Name(one.Bot)}: {what}"));
        Parallel.ForEach(evidence, new ParallelOptions { MaxDegreeOfParallelism = 2 }, one => Judge(round, one));
        foreach (var row in rows.Deliveries)
            scene.Arrivals.Forget(new LinkageId(row.Linkage), row.EventId);
    }

    private void Judge(int round, Evidence evidence)
    {
        var bot = evidence.Bot;
        var steps = new List<Step>();
        foreach (var told in bot.Told)
        {
            try
            {
                if (told(evidence) is { } step)
                    steps.Add(step);
            }
            catch (InvalidOperationException impossible)
            {
                Violate($"Round {round}, {Name(bot)}: {impossible.Message}");
            }
        }

        foreach (var (chat, kind, hasRefused, at) in scene.Line.TakeAnswered(bot, _restedAt))
            steps.Add(new LineStep(scene.NextStep(), chat, kind, hasRefused) { Start = at });
        var lanes = evidence.Lanes();
        var history = new History(steps, lanes, bot.States);
        var verdict = history.Judge();
        if (plan.KeepIn is { } folder && (!verdict.IsGood || verdict.Looked > plan.KeepFrom))
            File.WriteAllText(Path.Combine(folder, $"{plan.Seed}-{round}-{scene.Bots.IndexOf(bot)}{(verdict.IsGood ? "" : "-bad")}.json"), history.Write());
        Interlocked.Add(ref _judged, steps.Count);
        Interlocked.Add(ref _looked, verdict.Looked);
        if (!verdict.IsGood)
            Violate($"Round {round}, {Name(bot)}: no order explains these {steps.Count} steps.{Environment.NewLine}{verdict.TimeLine}{(plan.TellsAll ? $"  Before the round: {bot.States.First()}{Environment.NewLine}{new TimeLine(lanes, steps).WriteAll()}" : "")}");

        // Only young tokens are tried again: the others are too old for LINE and for us.
        foreach (var token in bot.Tokens)
            evidence.Token(token);
        bot.Tokens.RemoveRange(0, Math.Max(0, bot.Tokens.Count - 40));
        var kept = bot.Tokens.Select(token => token.Id).ToHashSet();
        bot.IsUnclear = !verdict.IsComplete;
        bot.States = [.. verdict.Ends.Select(end => end.NextRound(kept)).Distinct()];
        bot.Told.Clear();
    }

    private void Violate(string what)
    {
        lock (_violations)
            _violations.Add(what);
    }

    private string Name(ModelBot bot) => $"bot {scene.Bots.IndexOf(bot)} ({bot.Id})";

    private Findings Conclude(TimeSpan took)
    {
        var line = string.Join(", ", scene.Line.Counts.Select(one => $"{one.Key} {one.Value}"));
        return new Findings(_judged, _violations, $"""
            Seed {plan.Seed}: {_tally["step"]} steps by {plan.Callers} callers on {plan.Bots * plan.ChatsEach} chats of {plan.Bots} bots, {took.TotalSeconds:0.0} s.
            Tried: {_tally}
            LINE: {line}
            Judged: {_judged} steps of single bots, {_looked} points of their orders looked at.
            Found: {(_violations.Count == 0 ? "no violation" : $"{_violations.Count} violations")}
            {string.Join(Environment.NewLine, _violations)}
            """);
    }
}
