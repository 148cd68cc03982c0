using Benchmarks;
using Benchmarks.Measures;

// dotnet run -c Release --project tests/Benchmarks [-- [--json FILE] [NAME...]]
return await Run.AllAsync(args, TimeProvider.System,
[
    new IdMapping(),
    new ControlRoundTrips(callers: 1, throughDoors: false),
    new ControlRoundTrips(callers: 16, throughDoors: false),
    new ControlRoundTrips(callers: 1, throughDoors: true),
    new ControlRoundTrips(callers: 16, throughDoors: true),
    new FacadePush(callers: 1),
    new FacadePush(callers: 64),
]);
