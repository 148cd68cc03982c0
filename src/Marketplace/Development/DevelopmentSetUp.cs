using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Line;
using Marketplace.Browsing;
using Marketplace.Commands;
using Marketplace.Hosting;
using Marketplace.Outside;

namespace Marketplace.Development;

/// <summary>Makes a fresh development module on an account, over the doors of a running instance; connects the account first, by consent at LINE.</summary>
internal sealed class DevelopmentSetUp(HttpClient http, Addresses addresses, TimeProvider clock)
{
    private static readonly TimeSpan ServedMax = TimeSpan.FromSeconds(30), LookAgainAfter = TimeSpan.FromMilliseconds(100);

    private readonly SandboxConsole _line = new(http, addresses.Sandbox);

    /// <param name="webhookUrl">Where the gateway delivers.</param>
    /// <param name="accountName">Name or basic id of the account, made where there is none; null: a fresh one, on which nobody else answers.</param>
    /// <param name="assertionKeys">Public keys for JWT assertions, as a JSON Web Key Set; null: channel secret only.</param>
    /// <exception cref="RefusedException">The instance does not play along; the sentence says where.</exception>
    public async Task<(DevelopmentAccess Access, SandboxConsole.Account Account)> MakeAsync(Uri webhookUrl, string? accountName, CancellationToken cancellationToken, JsonObject? assertionKeys = null)
    {
        try
        {
            var account = await FindAccountAsync(accountName, cancellationToken);
            var channel = await _line.FindChannelAsync(SendsToGateway, cancellationToken)
                ?? throw new RefusedException($"LINE's platform at {addresses.Sandbox} has no module channel whose webhooks go to {addresses.Gateway}.");
            if (!await _line.IsLinkedAsync(account.BotId, channel.ChannelId, cancellationToken))
                await ConnectAsync(account, cancellationToken);

            var module = await DevelopmentModules.OpenAsync(http, addresses, webhookUrl, account.BotId, cancellationToken, assertionKeys);
            if (module.BotId is null)
                throw new RefusedException($"The portal does not know {account.Name} ({account.BotId}) as connected, although LINE does: connect it again in the portal.");

            var token = await WaitForTokenAsync(module, cancellationToken);
            return (new DevelopmentAccess(
                module.ChannelId, module.ChannelSecret, token, account.BotId, addresses.Origin(Room.Gateway), channel.WebhookUrl!, channel.ChannelSecret), account);
        }
        catch (HttpRequestException failure)
        {
            throw new RefusedException($"The instance at {addresses.Portal} does not play along: {failure.Message}", failure);
        }
        catch (PageException other)
        {
            throw new RefusedException($"LINE's consent went otherwise: {other.Message}", other);
        }
    }

    private bool SendsToGateway(SandboxConsole.Channel channel) =>
        channel.Kind == "module" && channel.WebhookUrl?.StartsWith($"{addresses.Origin(Room.Gateway)}/", StringComparison.Ordinal) == true;

    private async Task<SandboxConsole.Account> FindAccountAsync(string? name, CancellationToken cancellationToken)
    {
        var found = name is null ? null : (await _line.AccountsAsync(cancellationToken)).FirstOrDefault(account => account.IsCalled(name));
        return found ?? await _line.AddAccountAsync(name ?? $"Development {NewMark()}", cancellationToken);
    }

    /// <summary>As an owner would: sign in at LINE, choose the account, link.</summary>
    private async Task ConnectAsync(SandboxConsole.Account account, CancellationToken cancellationToken)
    {
        var mark = NewMark();
        var manager = await _line.AddAdministratorAsync($"developer-{mark}@demo.example", $"Developer {mark}", $"consent-{mark}", account.BotId, cancellationToken);
        using var begun = await http.PostAsJsonAsync(new Uri(addresses.Portal, DevelopmentDoors.AttachPath), new { }, cancellationToken);
        begun.EnsureSuccessStatusCode();
        var authorize = JsonNode.Parse(await begun.Content.ReadAsStringAsync(cancellationToken))!["authorizeUrl"]!.GetValue<string>();

        using var browser = new Browser();
        var signIn = await browser.OpenAsync(new Uri(authorize), cancellationToken);
        var consent = await LineConsent.SignInAsync(browser, signIn, manager, cancellationToken);
        var back = await LineConsent.LinkAsync(browser, consent, account.BotId, cancellationToken);
        if (back.Address.Authority != addresses.Portal.Authority || !back.Address.Query.Contains("attachRequest=", StringComparison.Ordinal))
            throw new PageException("to come back from LINE to the portal", back.Describe());
    }

    /// <summary>The portal's row has to reach the gateway, which then issues tokens and lets the module call.</summary>
    private async Task<string> WaitForTokenAsync(DevelopmentModule module, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(ServedMax);
        try
        {
            while (!await DevelopmentModules.IsServedAsync(http, addresses, module, limit.Token))
                await Task.Delay(LookAgainAfter, clock, limit.Token);
            return (await DevelopmentModules.FindTokenAsync(http, addresses, module, limit.Token))!;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new RefusedException($"The gateway at {addresses.Gateway} did not take the new module over within {ServedMax.TotalSeconds:0} s; its log says why.");
        }
    }

    private static string NewMark() => RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz23456789", 6);
}
