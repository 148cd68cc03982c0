using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Line;
using ModuleGateway.Tests.Delivery;
using Tenancy;

namespace Reliability.World;

/// <summary>A shop with a module that always does well, and beside it one whose server is in trouble.</summary>
/// <param name="place">Which shop of the street.</param>
internal sealed class Neighbour(int place, Shop shop, LinkedDouble good, LinkedDouble bad, ModuleId badModule, HostileServer goodServer, HostileServer badServer)
{
    public int Place { get; } = place;

    public Shop Shop { get; } = shop;

    public LinkedDouble Good { get; } = good;

    public LinkedDouble Bad { get; } = bad;

    public ModuleId BadModule { get; } = badModule;

    public HostileServer GoodServer { get; } = goodServer;

    public HostileServer BadServer { get; } = badServer;

    /// <summary>What is wrong with the other one at the moment; null: nothing.</summary>
    public Trouble? Trouble { get; set; }

    /// <summary>Its endpoint was switched off once: what was owed came as a replay, which has lanes of its own.</summary>
    public bool WasSwitchedOff { get; set; }

    /// <summary>What the good module calls the shop's first customer, once it has met him.</summary>
    public TaskCompletionSource<string> Customer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>When each message was answered with 200 that the good module has not got yet.</summary>
    public ConcurrentDictionary<Message, long> Posted { get; } = new();

    public static string HostOfGood(int place) => $"good-{place}.example";

    public static string HostOfBad(int place) => $"bad-{place}.example";

    /// <summary>From now on what its modules get stands in these two books.</summary>
    /// <param name="delay">Hears how long each copy was on its way to the good one.</param>
    public void Listen(Ledger goodBook, Ledger badBook, Action<TimeSpan> delay)
    {
        GoodServer.Taken = (body, headers) => Take(goodBook, Good, body, headers, (message, one) =>
        {
            Customer.TrySetResult((string)one["source"]!["userId"]!);
            if (Posted.TryRemove(message, out var at))
                delay(Stopwatch.GetElapsedTime(at));
        });
        BadServer.Taken = (body, headers) => Take(badBook, Bad, body, headers, (_, _) => { });
    }

    private static void Take(Ledger book, LinkedDouble module, byte[] body, IReadOnlyDictionary<string, string> headers, Action<Message, JsonNode> came)
    {
        if (!new LineSignature(module.Secret).IsValid(body, headers.GetValueOrDefault("x-line-signature", "")))
            book.Wrong("a copy with a wrong signature");
        foreach (var one in JsonNode.Parse(Encoding.UTF8.GetString(body))!["events"]!.AsArray().Where(one => (string?)one!["type"] == "message"))
        {
            var message = Message.Parse((string)one!["message"]!["text"]!);
            came(message, one);
            book.Arrive(0, message, one["deliveryContext"]!["isRedelivery"]!.GetValue<bool>());
        }
    }
}
