using System.Reflection;
using Xunit.Sdk;

namespace Databases;

/// <summary>Runs a theory on one database, as its last argument. Skipped, and said so, when that database is not configured.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class OnAttribute : DataAttribute
{
    private readonly Database _database;
    private readonly object[] _data;

    public OnAttribute(Database database, params object[] data)
    {
        _database = database;
        _data = data;
        if (TestServers.Variable(database) is { } variable && TestServers.ConnectionString(database) is null)
            Skip = $"{database} is not configured: set {variable}.";
    }

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [[.. _data, _database]];
}
