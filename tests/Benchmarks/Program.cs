using Benchmarks;
using Benchmarks.Measures;
using Benchmarks.Servers;
using Databases;

// dotnet run -c Release --project tests/Benchmarks [-- [--json FILE] [--quick] [--large] [NAME...]]
if (args is [ServerHost.Command])
    return await ServerHost.RunAsync();

var (effort, rest) = Effort.Read(args);
return await Run.AllAsync(rest, TimeProvider.System,
[
    new Ingest(effort, ServerKinds.Bare),
    new Ingest(effort, ServerKinds.Append),
    new Ingest(effort, Ingest.Node),
    new WholeWay(effort),
    new AddedLatency(effort, perSecond: 334),
    new AddedLatency(effort, perSecond: 3_000),
    new Fairness(effort),
    new Waiting(effort, millions: 1),
    new Waiting(effort, millions: 3),
    .. Growth.All(effort),
    new IdMapping(),
    new ControlRoundTrips(callers: 1, throughDoors: false),
    new ControlRoundTrips(callers: 16, throughDoors: false),
    new ControlRoundTrips(callers: 1, throughDoors: true),
    new ControlRoundTrips(callers: 16, throughDoors: true),
    new FacadePush(callers: 1),
    new FacadePush(callers: 64),
    new CatalogShelf(effort, Database.Sqlite),
    new CatalogShelf(effort, Database.PostgreSql),
]);
