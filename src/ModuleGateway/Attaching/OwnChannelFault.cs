using System.Text.Json;

namespace ModuleGateway.Attaching;

/// <summary>Why an account's own channel could not be connected, or does not work. Each is something that its owner can do something about.</summary>
internal enum OwnChannelFault
{
    /// <summary>LINE does not take this id with this secret.</summary>
    WrongSecret,

    /// <summary>Id and secret are right, but the channel is of another kind, or LINE has closed the Messaging API to its account.</summary>
    NoMessagingApi,

    /// <summary>One of the marketplace's own channels.</summary>
    ChannelOfOurs,

    /// <summary>The account is connected through the Module Channel, which does more; an own channel does not take its place.</summary>
    ConnectedByConsent,

    /// <summary>LINE does not take our webhook address for this channel.</summary>
    AddressRefused,

    /// <summary>LINE could not reach our webhook address.</summary>
    NotReached,

    /// <summary>"Use webhook" is off at LINE.</summary>
    WebhookOff,

    /// <summary>The channel's webhooks go to another address than ours.</summary>
    OtherAddress,

    /// <summary>The secret is that of a channel of another account.</summary>
    OtherAccount,

    /// <summary>LINE did not answer: nothing was changed for good, and it may be tried again.</summary>
    LineAway,
}

internal static class OwnChannelFaults
{
    public static string Describe(this OwnChannelFault fault) => fault switch
    {
        OwnChannelFault.WrongSecret => "LINE does not know this channel id with this channel secret: copy both again from the channel's Basic settings.",
        OwnChannelFault.NoMessagingApi => "This channel cannot use the Messaging API: take the id and secret of the account's Messaging API channel, and see that LINE has not suspended the account.",
        OwnChannelFault.ChannelOfOurs => "This is one of the marketplace's own channels: take the id and secret of the account's own Messaging API channel.",
        OwnChannelFault.ConnectedByConsent => "This account is connected by consent already: disconnect it at LINE first, if it is to be connected by its own channel.",
        OwnChannelFault.AddressRefused => "LINE does not take our webhook address for this channel: tell the marketplace's operator.",
        OwnChannelFault.NotReached => "LINE could not reach our webhook address: try again in a minute, and tell the marketplace's operator if it goes on.",
        OwnChannelFault.WebhookOff => "The channel's \"Use webhook\" is off: switch it on in LINE Developers, on the channel's Messaging API tab, and try again.",
        OwnChannelFault.OtherAddress => "The channel's webhooks go to another address than ours: connect the channel again.",
        OwnChannelFault.OtherAccount => "This secret belongs to a channel of another account.",
        _ => "LINE did not answer: try again.",
    };

    /// <summary>What an owner reads, and what a program branches on.</summary>
    public static IResult Answer(this OwnChannelFault fault) => Results.Json(
        new { code = JsonNamingPolicy.CamelCase.ConvertName(fault.ToString()), message = fault.Describe() }, statusCode: fault == OwnChannelFault.LineAway ? 503 : 422);
}
