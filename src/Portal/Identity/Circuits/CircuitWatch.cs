using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.EntityFrameworkCore;
using Portal.Store;
using Tenancy;

namespace Portal.Identity;

/// <summary>Looks again and again whether whoever has an interactive page open may still have it: before each thing they do there, and every ten seconds when they do nothing.</summary>
/// <remarks>
/// A circuit lives long after the request that opened it. Its session may end meanwhile, its person may leave the organisation in the path or stop being an operator.
/// Then what they press is refused, and the page is loaded anew, which answers like any page: sign in, or not found.
/// </remarks>
internal sealed partial class CircuitWatch(
    IServiceScopeFactory scopes, AuthenticationStateProvider authentication, NavigationManager navigation, TimeProvider clock, ILogger<CircuitWatch> logger) : CircuitHandler, IDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(10);
    private readonly CancellationTokenSource _closed = new();

    public override Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        _ = WatchAsync(circuit.Id);
        return Task.CompletedTask;
    }

    public override Func<CircuitInboundActivityContext, Task> CreateInboundActivityHandler(Func<CircuitInboundActivityContext, Task> next) => async context =>
    {
        // An exception here ends the circuit: the browser says that the connection is lost, and offers to load the page.
        if (!await MayStayAsync(_closed.Token))
            throw new InvalidOperationException("Whoever opened this page may not have it any more.");

        await next(context);
    };

    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken) => _closed.CancelAsync();

    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
    }

    private async Task WatchAsync(string circuit)
    {
        var closed = _closed.Token;
        try
        {
            using var timer = new PeriodicTimer(LookEvery, clock);
            while (await timer.WaitForNextTickAsync(closed))
            {
                if (await MayStayAsync(closed))
                    continue;

                Log.Closed(logger, circuit);
                navigation.NavigateTo(navigation.Uri, forceLoad: true);
                return;
            }
        }
        catch (OperationCanceledException) when (closed.IsCancellationRequested)
        {
            // The page was left.
        }
        catch (Exception failure)
        {
            Log.LookFailed(logger, circuit, failure); // What they press is still looked at one by one.
        }
    }

    private async Task<bool> MayStayAsync(CancellationToken cancellationToken)
    {
        var user = (await authentication.GetAuthenticationStateAsync()).User;
        var path = new PathString("/" + navigation.ToBaseRelativePath(navigation.Uri).Split('?', '#')[0]);
        var isOrganisations = path.StartsWithSegments("/o", out var rest);
        var isOperators = path.StartsWithSegments("/operations");
        if (SessionCookie.Read(user) is not { } id)
            return !isOrganisations && !isOperators;

        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PortalDb>();
        var session = await db.Set<Session>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (session?.IsOpen(clock.GetUtcNow()) != true)
            return false;
        if (isOperators)
            return await db.People.AnyAsync(row => row.Id == session.PersonId && row.IsOperator, cancellationToken);

        return !isOrganisations
            || await scope.ServiceProvider.GetRequiredService<TenantResolver>().FindMembershipAsync(session.PersonId, rest.Value!.TrimStart('/').Split('/')[0], cancellationToken) is not null;
    }

    private static partial class Log
    {
        [LoggerMessage(4211, LogLevel.Information, "Circuit {Circuit} is closed: whoever opened it may not have its page any more.")]
        public static partial void Closed(ILogger logger, string circuit);

        [LoggerMessage(4212, LogLevel.Error, "Circuit {Circuit} could not be looked at.")]
        public static partial void LookFailed(ILogger logger, string circuit, Exception failure);
    }
}
