using System.ComponentModel.DataAnnotations;
using Sandbox.Channels;
using Sandbox.Control;
using Sandbox.Login;
using Sandbox.Phone;
using Sandbox.Webhooks;

namespace Sandbox;

/// <summary>LINE's platform as this program plays it. Configuration section "Sandbox".</summary>
public sealed class SandboxOptions
{
    /// <summary>SQLite file that keeps accounts, people, chats, channels and linkages over a restart; made when absent. None: everything lives in memory.</summary>
    public string? DataFile { get; init; }

    /// <summary>Header that names the Official Account in calls of a module channel. LINE gives the real name to Marketplace participants only. Default <c>X-Line-Bot-Id</c>.</summary>
    [Required, RegularExpression("^[A-Za-z0-9-]{1,64}$")]
    public string BotHeader { get; init; } = "X-Line-Bot-Id";

    /// <summary>Whether an empty platform starts with the fictional accounts, managers and LINE users. Default true.</summary>
    public bool Seed { get; init; } = true;

    /// <summary>Whether the console may move this platform's time forward. Default true; switch it off where several people share one sandbox.</summary>
    public bool ClockMovable { get; init; } = true;

    /// <summary>Calls a second that each channel may make of one kind for one account, of those that LINE's table of limits does not name: 1 to 1 000 000, default 2000, as LINE. More only to measure with.</summary>
    [Range(1, 1_000_000)]
    public int UsualCallsPerSecond { get; init; } = Api.Rate.Usual.Calls;

    /// <summary>The module channel that exists from the start. None: channels are made by the console.</summary>
    public ModuleChannelOptions? ModuleChannel { get; init; }

    /// <summary>The LINE Login channel. None: nobody signs in with LINE.</summary>
    public LoginChannelOptions? LoginChannel { get; init; }

    /// <summary>How webhooks are sent.</summary>
    [Required]
    public WebhookOptions Webhooks { get; init; } = new();

    /// <summary>Where LINE's documentation is silent on chat control.</summary>
    [Required]
    public ControlOptions Control { get; init; } = new();

    /// <summary>The gateway's feed that the phone's side panel shows beside this platform's own. None: only its own.</summary>
    public TimelineOptions? Timeline { get; init; }
}
