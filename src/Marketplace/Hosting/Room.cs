namespace Marketplace.Hosting;

/// <summary>The web apps of one instance. The number is the distance of a room's port from the port base.</summary>
internal enum Room
{
    /// <summary>Where shops find and buy modules.</summary>
    Portal = 0,

    /// <summary>Webhooks in, webhooks out, API calls back.</summary>
    Gateway = 1,

    /// <summary>LINE's platform, played on this machine, with the phone.</summary>
    Sandbox = 2,

    /// <summary>The sample module that answers keywords.</summary>
    KeywordReply = 3,

    /// <summary>The sample module with which people answer.</summary>
    LiveDesk = 4,
}
