using Benchmarks;
using Benchmarks.Measures;

// dotnet run -c Release --project tests/Benchmarks [-- [--json FILE] [NAME...]]
return await Run.AllAsync(args, TimeProvider.System,
[
    new IdMapping(),
    new ControlRoundTrips(callers: 1),
    new ControlRoundTrips(callers: 16),
]);
