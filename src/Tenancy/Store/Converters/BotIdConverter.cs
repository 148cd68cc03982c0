using Line;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Tenancy;

/// <summary>Stores a bot's id as its text: U and 32 hex digits.</summary>
public sealed class BotIdConverter() : ValueConverter<BotId, string>(id => id.ToString(), text => BotId.Parse(text, null));
