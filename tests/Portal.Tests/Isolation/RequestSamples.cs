using System.Reflection;
using Line;
using Portal.Listings;
using Tenancy;

namespace Portal.Tests.Isolation;

/// <summary>Makes a request out of another company's ids and harmless words. What it cannot make, it says by name: a new type needs a line here.</summary>
internal static class RequestSamples
{
    /// <param name="values">The ids by name: of the parameter, or of its type without "Id".</param>
    /// <param name="organisation">What stands where the request names its organisation.</param>
    public static object Make(Type request, IReadOnlyDictionary<string, string> values, TenantId organisation)
    {
        var constructor = request.GetConstructors().OrderByDescending(one => one.GetParameters().Length).First();
        return constructor.Invoke([.. constructor.GetParameters().Select(parameter => parameter.Name == "Organisation" ? organisation : Sample(request, parameter, values))]);
    }

    private static object? Sample(Type request, ParameterInfo parameter, IReadOnlyDictionary<string, string> values)
    {
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        var name = parameter.Name!;
        if (type.GetInterfaces().Any(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IGuidId<>)))
        {
            var kind = type.Name[..^2]; // LinkageId names a linkage.
            var id = values.GetValueOrDefault(name) ?? values.GetValueOrDefault(kind switch { "Tenant" => "organisation", "OfficialAccount" => "account", _ => kind });
            return id is null
                ? throw new InvalidOperationException($"{request.FullName} takes a {type.Name}, and the first company has none: give it one in Neighbours.")
                : type.GetMethod("From", BindingFlags.Public | BindingFlags.Static)!.Invoke(null, [Guid.Parse(id)]);
        }

        if (type == typeof(Guid))
            return Guid.Parse(values.GetValueOrDefault(name) ?? values["suspension"]);
        if (type == typeof(string))
            return values.GetValueOrDefault(name) ?? (name.EndsWith("Url", StringComparison.Ordinal) ? "https://example.com/hook" : name.Contains("mail", StringComparison.OrdinalIgnoreCase) ? "someone@example.com" : "1");
        if (type == typeof(bool))
            return true;
        if (type == typeof(int) || type == typeof(long))
            return Convert.ChangeType(1, type, System.Globalization.CultureInfo.InvariantCulture);
        if (type.IsEnum)
            return Enum.GetValues(type).GetValue(0);
        if (type == typeof(WebhookProbe))
            return new WebhookProbe("https://example.com/hook", 200, 401, null);
        if (type == typeof(Uri))
            return new Uri("https://example.com/back");
        if (type == typeof(Currency))
            return Currency.Twd;
        if (type == typeof(BotId))
            return null;
        if (type == typeof(DateTimeOffset))
            return DateTimeOffset.UnixEpoch;
        if (!type.IsValueType && (parameter.HasDefaultValue || new NullabilityInfoContext().Create(parameter).WriteState == NullabilityState.Nullable))
            return null;
        if (parameter.ParameterType != type)
            return null;
        if (type.IsGenericType && type.GetInterfaces().Append(type).Any(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>)))
            return Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(type.GetGenericArguments()));
        if (type.IsGenericType && type.GetGenericArguments() is [var item] && type.IsAssignableFrom(item.MakeArrayType()))
            return Array.CreateInstance(item, 0);
        if (type == typeof(Portal.Identity.LineArrival))
            return new Portal.Identity.LineArrival("U" + new string('0', 32), "Somebody", null);
        if (type == typeof(ReadOnlyMemory<byte>))
            return new ReadOnlyMemory<byte>([1, 2, 3]);
        if (type == typeof(byte[]))
            return new byte[] { 1, 2, 3 };

        throw new InvalidOperationException($"{request.FullName} takes {name} of {type}: say in RequestSamples what a caller would put there.");
    }
}
