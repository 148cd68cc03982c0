using Line;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Tenancy;

/// <summary>Stores a channel's id as its digits.</summary>
public sealed class ChannelIdConverter() : ValueConverter<ChannelId, string>(id => id.ToString(), text => ChannelId.Parse(text, null));
