using System.Text.Json.Serialization;

namespace Portal.Gateway;

/// <summary>Why the gateway cannot connect an account's own channel; each has a sentence for its owner.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ChannelFault>))]
public enum ChannelFault
{
    /// <summary>LINE does not take this id with this secret.</summary>
    [JsonStringEnumMemberName("wrongSecret")] WrongSecret,

    /// <summary>A channel of another kind, or an account that LINE has closed the Messaging API to.</summary>
    [JsonStringEnumMemberName("noMessagingApi")] NoMessagingApi,

    /// <summary>One of the marketplace's own channels.</summary>
    [JsonStringEnumMemberName("channelOfOurs")] ChannelOfOurs,

    /// <summary>The account is connected by consent.</summary>
    [JsonStringEnumMemberName("connectedByConsent")] ConnectedByConsent,

    /// <summary>LINE does not take our address.</summary>
    [JsonStringEnumMemberName("addressRefused")] AddressRefused,

    /// <summary>LINE could not reach our address.</summary>
    [JsonStringEnumMemberName("notReached")] NotReached,

    /// <summary>"Use webhook" is off.</summary>
    [JsonStringEnumMemberName("webhookOff")] WebhookOff,

    /// <summary>The secret is of a channel of another account.</summary>
    [JsonStringEnumMemberName("otherAccount")] OtherAccount,

    /// <summary>LINE, or the gateway, did not answer.</summary>
    [JsonStringEnumMemberName("lineAway")] LineAway,
}
