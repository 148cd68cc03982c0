using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Portal.Store;
using Tenancy;

namespace Portal.Identity;

/// <summary>A marketplace without an operator makes its first one by a link that only the console shows: once, within an hour of the start. There is no password that somebody could know.</summary>
/// <remarks>The link lives in this process. After the hour, or when it was lost: start again. Once there is an operator, none is made.</remarks>
public sealed class FirstOperator(IServiceScopeFactory scopes, TimeProvider clock)
{
    public const string Path = "/first-operator";

    /// <summary>Where the link is written to: the console, unless a test listens.</summary>
    public const string OutputKey = "first-operator";

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);
    private readonly Lock _lock = new();
    private string? _token;
    private DateTimeOffset _until;

    /// <returns>What goes into the link; null: there is an operator.</returns>
    public async Task<string?> BeginAsync(CancellationToken cancellationToken)
    {
        if (await ExistsAsync(cancellationToken))
            return null;

        lock (_lock)
        {
            _token = WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(32));
            _until = clock.GetUtcNow() + Lifetime;
            return _token;
        }
    }

    public async Task<bool> IsOpenAsync(string? token, CancellationToken cancellationToken) => Matches(token) && !await ExistsAsync(cancellationToken);

    /// <summary>Uses the link up: of two at once one gets true.</summary>
    public bool Use(string? token)
    {
        lock (_lock)
        {
            if (!Matches(token))
                return false;

            _token = null;
            return true;
        }
    }

    /// <summary>Lets it be tried again: what it was used for did not come to be.</summary>
    public void GiveBack(string token)
    {
        lock (_lock)
            _token ??= token;
    }

    private bool Matches(string? token)
    {
        lock (_lock)
            return _token is not null && token is not null && clock.GetUtcNow() < _until && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(_token), Encoding.UTF8.GetBytes(token));
    }

    private async Task<bool> ExistsAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<PortalDb>().People.AnyAsync(person => person.IsOperator, cancellationToken);
    }
}
