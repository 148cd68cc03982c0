using System.Diagnostics;
using System.Globalization;
using System.Text;
using ModuleGateway.Control;
using ModuleGateway.Facade;

namespace ModuleGateway.Docs;

/// <summary>Every call that modules may make, as the facade's own table has them: nobody has to keep a second list true.</summary>
internal static class CallList
{
    /// <summary>What a call needs beside its scope, in a partner's words.</summary>
    public static string Standing(CallRule rule)
    {
        var words = rule.Standing switch
        {
            Control.Standing.Attached => "attached",
            Control.Standing.CanHold => "on in this account, or tried in this chat",
            Control.Standing.On => "on in this account",
            Control.Standing.DefaultActive => "answers first in the account",
            Control.Standing.ActiveInChat => "active in the chat, or in every one that the call names",
            _ => throw new UnreachableException($"No words for {rule.Standing}."),
        };
        return rule.OnStandbyBy is { } grant ? $"{words}, or granted `{grant}`" : words;
    }

    /// <summary>A page in Markdown.</summary>
    public static string Write()
    {
        var page = new StringBuilder();
        page.AppendLine("# Calls").AppendLine();
        page.AppendLine("Each of these is LINE's own call, at the gateway's origin, on one host. Bodies and answers are LINE's, with ids as your linkage knows them. Any other path answers 404.").AppendLine();
        page.AppendLine("A module is *attached* from the purchase on, *on* when the owner has turned it on, *active in a chat* when its copies of the chat's events say so, and *answers first* where the owner chose it to. What is *granted* the owner has allowed by a switch of its own.").AppendLine();
        page.AppendLine("| call | scope | who may | rate limit, shared by an account's modules |").AppendLine("| --- | --- | --- | --- |");
        foreach (var row in FacadeTable.All)
            page.AppendLine(CultureInfo.InvariantCulture, $"| `{row.Name}` | {(row.Rule.Scope is { } scope ? $"`{scope}`" : "none")} | {Standing(row.Rule)} | {row.Rate.Calls} / {Period(row.Rate.Per)} |");
        foreach (var row in FacadeTable.OfModules)
            page.AppendLine(CultureInfo.InvariantCulture, $"| `{row.Method} {row.Path}` | none | the module itself, without `X-Line-Bot-Id` | |");
        foreach (var call in CallFields.Tokens)
            page.AppendLine(CultureInfo.InvariantCulture, $"| `{call.Method} {call.Path}` | none | whoever has the module's secret, key or token | |");
        return page.ToString();
    }

    private static string Period(TimeSpan per) => per.TotalSeconds switch { 1 => "s", 60 => "min", 3600 => "h", var seconds => $"{seconds:0} s" };
}
