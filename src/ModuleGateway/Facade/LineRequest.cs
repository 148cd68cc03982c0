using Line;
using Microsoft.AspNetCore.Http.Features;

namespace ModuleGateway.Facade;

/// <summary>What of a call goes to LINE; steps may change it until it does.</summary>
internal sealed class LineRequest(CallRow row)
{
    /// <summary>Which of our channels calls.</summary>
    public ChannelId Channel { get; set; }

    /// <summary>The path's parameters by name, as LINE knows them, not escaped.</summary>
    public Dictionary<string, string> Values { get; } = [];

    /// <summary>Empty, or from its question mark on.</summary>
    public string Query { get; set; } = "";

    /// <summary>Null where there is none, or where it is streamed.</summary>
    public ReadOnlyMemory<byte>? Body { get; set; }

    /// <summary>A body that goes on while it comes in.</summary>
    public Stream? Content { get; set; }

    /// <summary>Of <see cref="Content"/>; as the module sent it.</summary>
    public string? ContentType { get; set; }

    /// <summary>Of <see cref="Content"/>, where it is known; null where a step changes it on its way.</summary>
    public long? ContentLength { get; set; }

    /// <summary>A UUID of ours in text, or null.</summary>
    public string? RetryKey { get; set; }

    /// <summary>What LINE shall say of a notification message when it is delivered, or null.</summary>
    public string? DeliveryTag { get; set; }

    /// <summary>Passes on what the module sends, up to so many bytes: beyond them reading fails with 413.</summary>
    public void Take(HttpRequest request, long bytesMax)
    {
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } bound)
            bound.MaxRequestBodySize = null;
        (Content, ContentType, ContentLength) = (new BoundedStream(request.Body, bytesMax), request.ContentType, request.ContentLength);
    }

    public string PathAndQuery => row.PathWith(Values) + Query;
}
