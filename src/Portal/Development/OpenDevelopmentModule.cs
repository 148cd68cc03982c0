using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using FluentValidation;
using Line;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Frame.Mediation;
using Portal.Gateway;
using Portal.Store;
using Tenancy;

namespace Portal.Development;

/// <summary>A developer gets a module with fresh credentials, on at once on a connected account: to point a LINE SDK at. Development only.</summary>
public static class OpenDevelopmentModule
{
    private const string OrganisationSlug = "developers";

    /// <param name="WebhookUrl">Where the gateway delivers: http or https.</param>
    /// <param name="BotId">The account to put it on; null: by name.</param>
    /// <param name="AccountName">Display name or basic id of the account; null with no Bot ID either: the one that was connected first.</param>
    /// <param name="AssertionKeys">Public keys for JWT assertions: a JSON Web Key Set, each key with a kid of the developer's choice; null: channel secret only.</param>
    [ForDevelopment]
    public sealed record Command(string? WebhookUrl, BotId? BotId, string? AccountName, JsonObject? AssertionKeys = null) : ICommand<Result>;

    public abstract record Result
    {
        private Result() { }

        /// <param name="ChannelSecret">Said once; only its protected form is kept.</param>
        /// <param name="BotId">Null, like the linkage, when there is no such account connected.</param>
        public sealed record Opened(string ChannelId, string ChannelSecret, BotId? BotId, Guid ModuleId, Guid? LinkageId) : Result;
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        private static readonly string[] Needed = ["kty", "kid", "n", "e"];

        public Validator()
        {
            RuleFor(command => command.WebhookUrl)
                .Must(url => Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is ("http" or "https"))
                .WithMessage("webhookUrl must be an absolute http or https address.");
            RuleFor(command => command.AssertionKeys)
                .Must(set => set is null || (set["keys"] is JsonArray keys && keys.All(IsPublicKey)))
                .WithMessage("assertionKeys must be a JSON Web Key Set of public RSA keys, each with kty, kid, n and e.");
        }

        private static bool IsPublicKey(JsonNode? key) =>
            key is JsonObject one && Needed.All(name => one[name]?.GetValueKind() == JsonValueKind.String) && !one.ContainsKey("d");
    }

    public sealed class Handler(IServiceScopeFactory scopes, SecretProtector secrets, RegistryNudge nudge, TimeProvider clock) : IRequestHandler<Command, Result>
    {
        /// <summary>Two that open a first module at once both make the organisation: one of them looks again.</summary>
        private const int AttemptsMax = 3;

        public async Task<Result> Handle(Command request, CancellationToken cancellationToken)
        {
            for (var attempt = 1; attempt <= AttemptsMax; attempt++)
            {
                await using var scope = scopes.CreateAsyncScope();
                scope.ServiceProvider.GetRequiredService<TenantScope>().EnterEveryTenant("A developer's module is put on any organisation's account.");
                if (await TryAsync(scope.ServiceProvider, request, cancellationToken) is not { } opened)
                    continue;

                nudge.Due();
                return opened;
            }

            throw new InvalidOperationException($"A development module lost {AttemptsMax} races in a row.");
        }

        private async Task<Result?> TryAsync(IServiceProvider services, Command command, CancellationToken cancellationToken)
        {
            var (db, audit) = (services.GetRequiredService<PortalDb>(), services.GetRequiredService<AuditLog>());
            var now = clock.GetUtcNow();
            var organisation = await OrganisationAsync(db, now, cancellationToken);
            var connection = await ConnectionAsync(db, command, cancellationToken);
            var secret = RandomNumberGenerator.GetHexString(32, lowercase: true);
            IReadOnlyList<string> scopes = connection?.Scopes ?? Scopes.Base;
            var module = new Module
            {
                Id = ModuleId.New(),
                TenantId = organisation.Id,
                Name = new Uri(command.WebhookUrl!).Authority,
                Role = ModuleRole.AnswersFirst,
                ChannelId = ChannelId.Parse("2" + RandomNumberGenerator.GetString("0123456789", 9), null),
                ProtectedSecret = secrets.Protect(secret),
                AssertionKeys = command.AssertionKeys?.ToJsonString(),
                WebhookUrl = command.WebhookUrl!,
                RequiredScopes = scopes,
                OptionalScopes = [],
                IsDevelopment = true,
            };
            db.Add(module);
            var linkage = connection is null ? null : await LinkAsync(db, organisation, module, connection, now, cancellationToken);
            audit.Add("developmentModule.opened", $"module:{module.Id}", null, new { module.WebhookUrl, connection?.BotId, Linkage = linkage?.Id }, organisation.Id);
            return await db.TrySaveAsync(cancellationToken)
                ? new Result.Opened(module.ChannelId.ToString(), secret, connection?.BotId, module.Id.Value, linkage?.Id.Value)
                : null;
        }

        private static async Task<Organisation> OrganisationAsync(PortalDb db, DateTimeOffset now, CancellationToken cancellationToken)
        {
            var found = await db.Organisations.SingleOrDefaultAsync(row => row.Slug == OrganisationSlug, cancellationToken);
            if (found is not null)
                return found;

            var made = new Organisation { Id = TenantId.New(), Slug = OrganisationSlug, Name = "Developers", Country = "TW", CreatedAt = now };
            db.Add(made);
            return made;
        }

        private static async Task<Connection?> ConnectionAsync(PortalDb db, Command command, CancellationToken cancellationToken)
        {
            var attached = db.Connections.Where(row => row.State == ConnectionState.Attached);
            if (command.BotId is { } bot)
                return await attached.SingleOrDefaultAsync(row => row.BotId == bot, cancellationToken);
            if (command.AccountName is { Length: > 0 } name)
                attached = attached.Where(row => row.DisplayName == name || row.BasicId == name);

            return await attached.OrderBy(row => row.AttachedAt).FirstOrDefaultAsync(cancellationToken);
        }

        /// <summary>On at once, with all that the account has granted; it answers first where nobody does.</summary>
        private static async Task<Linkage> LinkAsync(PortalDb db, Organisation developers, Module module, Connection connection, DateTimeOffset now, CancellationToken cancellationToken)
        {
            var account = await db.OfficialAccounts.SingleOrDefaultAsync(row => row.BotId == connection.BotId, cancellationToken);
            if (account is null)
            {
                // Connected for this very purpose and claimed by no purchase.
                account = new OfficialAccount
                {
                    Id = OfficialAccountId.New(),
                    TenantId = developers.Id,
                    BotId = connection.BotId,
                    DisplayName = connection.DisplayName ?? connection.BotId.ToString(),
                    BasicId = connection.BasicId ?? "",
                    PictureUrl = connection.PictureUrl,
                    ClaimedAt = now,
                };
                db.Add(account);
            }

            var linkage = new Linkage
            {
                Id = LinkageId.New(),
                TenantId = account.TenantId,
                OfficialAccountId = account.Id,
                BotId = account.BotId,
                ModuleId = module.Id,
                State = LinkageState.On,
                Scopes = connection.Scopes,
                CreatedAt = now,
                TurnedOnAt = now,
            };
            db.Add(linkage);
            account.DefaultLinkageId ??= linkage.Id;
            return linkage;
        }
    }

    // Before the page at the same address, which would take a POST too.
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/dev/modules", PostAsync).WithOrder(-1);

    private static async Task<Results<Ok<Result.Opened>, NotFound>> PostAsync(
        Command command, HttpContext context, DevelopmentDoor door, IMediator mediator, CancellationToken cancellationToken)
    {
        if (!door.IsOpenTo(context))
            return TypedResults.NotFound();

        return await mediator.Send(command, cancellationToken) switch
        {
            Result.Opened opened => TypedResults.Ok(opened),
            _ => throw new UnreachableException(),
        };
    }
}
