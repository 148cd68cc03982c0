using System.Diagnostics;
using System.Net;
using ControlModel.Model;
using ControlModel.Steps;

namespace ControlModel.World;

/// <summary>One of the callers that act at the same time: modules, customers, LINE, owners and the clock, as chance has it.</summary>
internal sealed class Caller(Scene scene, Random random, Tally tally)
{
    private static readonly (int Weight, string Name)[] Weights =
    [
        (24, "push"), (13, "reply"), (19, "acquire"), (9, "release"), (13, "message"), (7, "time"), (4, "line turns"), (4, "line says"), (2, "leave"), (3, "stand"), (2, "choose"), (1, "detach itself"), (1, "go away"),
    ];

    /// <summary>One step, whatever it is.</summary>
    public async Task StepAsync()
    {
        var bot = scene.Bots[random.Next(scene.Bots.Count)];
        if (bot.Told.Count > Checking.Checker.StepsMax - 40)
            return;

        var what = Choose();
        var (linkage, chat) = (bot.Linkages[random.Next(bot.Linkages.Count)], random.Next(bot.Chats.Count));
        if (what is "stand" && bot.Linkages.Find(one => one.Standing != Standing.On) is { } fallen && random.Next(4) != 0)
            linkage = fallen; // Most of the time most of them are to be there.
        tally.Count(what);
        await (what switch
        {
            "push" => PushAsync(bot, linkage, chat),
            "reply" => ReplyAsync(bot, linkage),
            "acquire" => AcquireAsync(bot, linkage, chat),
            "release" => ReleaseAsync(bot, linkage, chat),
            "time" => MoveTimeAsync(),
            "line turns" => SayAsync(scene.Line.Turn(bot, bot.Chats.FirstOrDefault(one => !scene.Line.SideOf(bot, one.Number).IsActive)?.Number ?? chat)),
            "line says" => LineSaysAsync(),
            "stand" or "choose" or "detach itself" => OwnAsync(bot, linkage, what),
            "go away" => GoAwayAsync(bot),
            _ => EventAsync(bot, chat, what == "leave" ? EventKind.Unfollow : random.Next(8) == 0 ? EventKind.Follow : EventKind.Message),
        });
    }

    /// <summary>Says a word of LINE's that is still to be said; false when there is none.</summary>
    public async Task<bool> LineSaysAsync()
    {
        if (!scene.Line.Notices.TryDequeue(out var notice))
            return scene.Line.AnswerLate();

        await SayAsync(notice);
        return true;
    }

    private string Choose()
    {
        var roll = random.Next(Weights.Sum(one => one.Weight));
        foreach (var (weight, name) in Weights)
        {
            roll -= weight;
            if (roll < 0)
                return name;
        }

        throw new UnreachableException();
    }

    private async Task PushAsync(ModelBot bot, ModelLinkage linkage, int chat)
    {
        var id = scene.NextStep();
        var text = $"push {id}";
        var (answer, start, end) = await CallAsync(bot, linkage, "push", "/v2/bot/message/push", new { to = linkage.ChatIds[chat], messages = new[] { new { type = "text", text } } });
        bot.Tell(evidence => Sent(new PushStep(id, linkage.Number, chat, answer, evidence.Line.Sent(text).Times > 0), answer, start, end, evidence.Line.Sent(text)));
    }

    private async Task ReplyAsync(ModelBot bot, ModelLinkage linkage)
    {
        KnownToken? token;
        lock (bot.Tokens)
        {
            // Mostly a young one; now and then any, be it another linkage's.
            var from = random.Next(5) == 0 ? 0 : Math.Max(0, bot.Tokens.Count - 4);
            token = bot.Tokens.Count == 0 ? null : bot.Tokens[random.Next(from, bot.Tokens.Count)];
        }

        if (token is null)
            return;

        var by = random.Next(8) == 0 ? linkage : bot.Linkages[token.Linkage];
        var id = scene.NextStep();
        var text = $"reply {id}";
        var (answer, start, end) = await CallAsync(bot, by, "reply", "/v2/bot/message/reply", new { replyToken = token.Text, messages = new[] { new { type = "text", text } } });
        bot.Tell(evidence => evidence.Token(token) is { } known
            ? Sent(new ReplyStep(id, by.Number, known, answer, evidence.Line.Sent(text).Times > 0), answer, start, end, evidence.Line.Sent(text))
            : throw new InvalidOperationException($"The copy of {token.EventId} that bore a reply token is not in the store."));
    }

    private async Task AcquireAsync(ModelBot bot, ModelLinkage linkage, int chat)
    {
        var id = scene.NextStep();
        long? ttl = random.Next(10) switch { < 3 => null, < 9 => random.Next(1, 11) * 1_000, _ => 3_600_000 };
        object body = ttl switch { null => new { expired = false }, 3_600_000 => new { }, _ => new { expired = true, ttl = ttl / 1_000 } };
        var (answer, start, end) = await CallAsync(bot, linkage, "acquire", $"/v2/bot/chat/{linkage.ChatIds[chat]}/control/acquire", body);
        bot.Tell(_ => new AcquireStep(id, linkage.Number, chat, ttl, answer) { Start = start, End = end });
    }

    private async Task ReleaseAsync(ModelBot bot, ModelLinkage linkage, int chat)
    {
        var id = scene.NextStep();
        var (answer, start, end) = await CallAsync(bot, linkage, "release", $"/v2/bot/chat/{linkage.ChatIds[chat]}/control/release", null);
        bot.Tell(_ => new ReleaseStep(id, linkage.Number, chat, answer) { Start = start, End = end });
    }

    private async Task MoveTimeAsync()
    {
        var id = scene.NextStep();
        var millis = random.Next(20) switch { < 11 => random.Next(200, 1_500), < 15 => 3_000, < 18 => random.Next(4_000, 6_000), < 19 => 10_000, _ => 61_000 };
        var start = Stopwatch.GetTimestamp();
        await scene.Gateway.AdvanceAsync(millis);
        var end = Stopwatch.GetTimestamp();
        foreach (var bot in scene.Bots)
            bot.Tell(_ => new TimeStep(id, millis) { Start = start, End = end });
    }

    private Task<string> EventAsync(ModelBot bot, int chat, EventKind kind)
    {
        var (isActive, saidAt) = scene.Line.SideOf(bot, chat);

        // Now and then a mode that is older than LINE's latest word.
        return scene.PostEventAsync(bot, kind, chat, isActive, random.Next(12) == 0 ? saidAt - random.Next(1, 2_000) : saidAt);
    }

    private Task<string> SayAsync(LineNotice notice) =>
        scene.PostEventAsync(notice.Bot, notice.IsActive ? EventKind.Activated : EventKind.Deactivated, notice.Chat, notice.IsActive, notice.SaidAt);

    private async Task GoAwayAsync(ModelBot bot)
    {
        bot.WasAway = true;
        var isDetach = random.Next(3) == 0;
        tally.Count(isDetach ? "detach" : "suspend bot");
        await scene.PostEventAsync(bot, isDetach ? EventKind.Detached : EventKind.BotSuspended, -1, true, scene.Line.Stamp());
        await StepAsync(); // Something, somewhere, in between.
        await scene.PostEventAsync(bot, isDetach ? EventKind.Attached : EventKind.BotResumed, -1, true, scene.Line.Stamp());
    }

    private async Task OwnAsync(ModelBot bot, ModelLinkage linkage, string what)
    {
        if (!await bot.Owner.WaitAsync(0))
            return;

        try
        {
            if (what == "stand")
            {
                await StandAsync(bot, linkage, Stand(linkage));
            }
            else if (what == "detach itself")
            {
                await DetachAsync(bot, linkage);
            }
            else
            {
                var (id, start) = (scene.NextStep(), Stopwatch.GetTimestamp());
                int? first = random.Next(10) == 0 ? null : linkage.Number;
                await scene.ChooseAsync(bot, first);
                var end = Stopwatch.GetTimestamp();
                bot.Tell(_ => new DefaultStep(id, first) { Start = start, End = end });
            }
        }
        finally
        {
            bot.Owner.Release();
        }
    }

    /// <summary>Whose module has left comes back by being removed first; without that, whatever the owner changes of it changes nothing.</summary>
    private async Task StandAsync(ModelBot bot, ModelLinkage linkage, Standing standing)
    {
        if (linkage.HasLeft && random.Next(2) == 0)
        {
            await scene.StandAsync(bot, linkage, Standing.Suspended);
            await scene.StandAsync(bot, linkage, Standing.On);
            linkage.Standing = Standing.Ended;
            return;
        }

        if (linkage.HasLeft)
            await BecomeAsync(bot, linkage, Standing.Ended);
        await BecomeAsync(bot, linkage, standing);
    }

    private async Task BecomeAsync(ModelBot bot, ModelLinkage linkage, Standing standing)
    {
        var (id, start) = (scene.NextStep(), Stopwatch.GetTimestamp());
        await scene.StandAsync(bot, linkage, standing);
        var end = Stopwatch.GetTimestamp();
        bot.Tell(_ => new StandingStep(id, linkage.Number, standing) { Start = start, End = end });
        linkage.HasLeft = false;
    }

    private async Task DetachAsync(ModelBot bot, ModelLinkage linkage)
    {
        if (linkage.Number == 0)
            return; // It always listens.

        var id = scene.NextStep();
        var (answer, start, end) = await CallAsync(bot, linkage, "detach itself", "/v2/bot/channel/detach", new { botId = bot.Id.ToString() });
        bot.Tell(_ => new DetachStep(id, linkage.Number, answer) { Start = start, End = end });
        if (answer == Answer.Done)
            (linkage.HasLeft, linkage.Standing) = (true, Standing.Ended);
        else if (answer == Answer.None)
            await BecomeAsync(bot, linkage, Standing.Ended); // Nobody knows: the owner sees to it that it is so.
    }

    /// <summary>Linkage 0 always listens, so that each event has somebody who tells that it was routed.</summary>
    private Standing Stand(ModelLinkage linkage) => linkage.Standing switch
    {
        Standing.On when linkage.Number == 0 => Standing.InSetUp,
        Standing.On => random.Next(4) switch { 0 => Standing.Ended, 1 => Standing.InSetUp, _ => Standing.Suspended },
        _ => Standing.On,
    };

    private async Task<(Answer Answer, long Start, long End)> CallAsync(ModelBot bot, ModelLinkage linkage, string what, string path, object? body)
    {
        var start = Stopwatch.GetTimestamp();
        var answer = await scene.CallAsync(bot, linkage, path, body);
        var end = Stopwatch.GetTimestamp();
        var told = answer is var (status, text) ? Read(status, text) : Answer.None;
        tally.Count($"{what} {told}");
        return (told, start, told == Answer.None ? long.MaxValue : end);
    }

    private static Answer Read(HttpStatusCode status, string body) => (int)status switch
    {
        200 => Answer.Done,
        400 when body.Contains("Invalid reply token", StringComparison.Ordinal) => Answer.BadToken,
        400 when body.Contains("not detachable", StringComparison.Ordinal) => Answer.NotDetachable,
        403 => Answer.Forbidden,
        404 => Answer.NotFound,
        423 => Answer.Locked,
        429 => Answer.LineRefused,
        500 when !body.Contains("Internal error", StringComparison.Ordinal) => Answer.Unknown,
        _ => throw new InvalidOperationException($"No caller expects {(int)status} {body}."),
    };

    /// <summary>A send was admitted before LINE saw it.</summary>
    private static Step Sent(Step step, Answer answer, long start, long end, (int Times, long At) sent)
    {
        if (sent.Times > 1)
            throw new InvalidOperationException($"LINE got it {sent.Times} times: {step}.");
        if (sent.Times == 0 && answer is Answer.Done or Answer.LineRefused)
            throw new InvalidOperationException($"Answered by LINE, which never saw it: {step}.");
        if (sent.Times == 1 && answer is Answer.Forbidden or Answer.BadToken)
            throw new InvalidOperationException($"Refused, and LINE saw it: {step}.");

        // What LINE refuses frees its token only when LINE's answer has come.
        var admittedBy = sent.Times == 1 ? Math.Min(end, sent.At) : end;
        (step.Start, step.BegunBy, step.End) = (start, admittedBy, answer == Answer.LineRefused ? end : admittedBy);
        return step;
    }
}
