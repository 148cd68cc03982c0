using System.Text.Json;
using Marketplace.Hosting;

namespace Marketplace.Commands;

/// <summary>What a person reads when everything runs, and the one line that a program waits for.</summary>
internal static class Welcome
{
    public static async Task SayAsync(TextWriter output, MarketplaceHost host, InstanceOptions options)
    {
        var at = host.Addresses;
        await output.WriteLineAsync($"""

            Module Market runs on this machine.

              Market     {at.Portal}   sign in with one click as 林予青 (Ms Lin), who owns a salon
              Phone      {at.Phone}   write to her account as one of four LINE users
              Live Desk  {new Uri(at.LiveDesk, "/desk")}   answer where a customer asks for a person
              Operator   {new Uri(at.Portal, "/operations")}   sign in as 市集管理員
              Partners   {new Uri(at.Gateway, "/docs")}   write a module of your own

            Where LINE asks who manages the account, take 林小姐, lin@qinghe.example, password: sandbox.
            Everything is kept in {host.DataPath}. Ctrl-C stops it.

            """);
        foreach (var room in options.Without)
            await output.WriteLineAsync($"Left out: {Rooms.NameOf(room)}.");
        await output.WriteLineAsync($"ready {JsonSerializer.Serialize(at, JsonSerializerOptions.Web)}");
        await output.FlushAsync();
    }
}
