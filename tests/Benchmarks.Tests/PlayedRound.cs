using System.Text;
using Benchmarks.Checks;
using Benchmarks.Load;
using Line;

namespace Benchmarks.Tests;

/// <summary>A round as a good gateway would have done it, one request after the other; a test breaks it in one place.</summary>
internal sealed class PlayedRound
{
    private const int Requests = 600;

    public PlayedRound(int modulesPerAccount = 1)
    {
        Population = new Population(Accounts: 3, modulesPerAccount);
        Sending = new Sending(new Workload(Population, seed: 1) { ForgedEvery = 100 }.Next(Requests));
        for (var i = 0; i < Requests; i++)
        {
            (Sending.DueAt[i], Sending.SentAt[i], Sending.AnsweredAt[i]) = (10 * i, 10 * i, 10 * i + 5);
            Sending.Status[i] = Sending.Requests[i].IsForged ? 401 : 200;
            if (Sending.Requests[i].IsForged)
                continue;

            Journal.Add(Sending.Requests[i].EventId);
            for (var place = 0; place < modulesPerAccount; place++)
                Arrivals.Add(CopyOf(Sending.Requests[i], Population.ModuleOf(Sending.Requests[i].Account, place), at: 10 * i + 8));
        }
    }

    public Population Population { get; }

    public Sending Sending { get; }

    public List<string> Journal { get; } = [];

    public List<Arrival> Arrivals { get; } = [];

    /// <summary>A genuine request whose chat has a later one, and that later one's.</summary>
    public (int First, int Second) TwoOfOneChat()
    {
        var places = Enumerable.Range(0, Requests).Where(i => !Sending.Requests[i].IsForged).GroupBy(i => (Sending.Requests[i].Account, Sending.Requests[i].User)).First(chat => chat.Count() > 1).Take(2).ToArray();
        return (places[0], places[1]);
    }

    public int IndexOf(int place) => Arrivals.FindIndex(arrival => Text(arrival.Body).Contains(Sending.Requests[place].EventId, StringComparison.Ordinal));

    /// <summary>Another body in place of an arrival's, signed with the module's own secret.</summary>
    public static Arrival Signed(Arrival arrival, string body) => Signed(arrival.Module, arrival.At, Encoding.UTF8.GetBytes(body));

    public static string Text(byte[] body) => Encoding.UTF8.GetString(body);

    public RunCheck Check() => new RunCheck(Population).Answers(Sending, verifies: true).Journal(Sending, Journal).Copies(Sending, Arrivals);

    private static Arrival CopyOf(LoadRequest request, int module, long at) => Signed(
        module, at, Encoding.UTF8.GetBytes(Text(request.Body.ToArray()).Replace(Population.UserText(request.Account, request.User), $"LU{request.User:x31}{module:x1}-{Population.BotText(request.Account)}", StringComparison.Ordinal)));

    private static Arrival Signed(int module, long at, byte[] body) => new(module, at, body, new LineSignature(Population.ModuleSecret(module)).Create(body));
}
