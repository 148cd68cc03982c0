using System.Security.Cryptography;
using System.Text.RegularExpressions;
using FluentValidation;
using Line;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Catalog;
using Portal.Frame.Mediation;
using Portal.Gateway;
using Portal.Identity;
using Portal.Store;
using Tenancy;

namespace Portal.Listings;

/// <summary>A provider begins a listing: of a module that it has and that no listing stands for, or of a new one with fresh credentials.</summary>
public static partial class BeginListing
{
    /// <param name="Name">The working name, which becomes the first text.</param>
    /// <param name="Slug">The listing's place in the path, for good.</param>
    /// <param name="Language">Of the name.</param>
    /// <param name="Module">Null: a new module is made.</param>
    [ForMembers(Right.EditListings)]
    public sealed record Command(TenantId Organisation, string? Name, string? Slug, string Language, ModuleId? Module) : ICommand<Result>, IInOrganisation;

    public abstract record Result
    {
        private Result() { }

        public sealed record Begun(ListingId Id) : Result;

        /// <summary>Another listing has this address, or had it.</summary>
        public sealed record SlugTaken : Result;

        /// <summary>No such module of this organisation, or one that has its listing.</summary>
        public sealed record NoSuchModule : Result;
    }

    public sealed partial class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.Name).NotEmpty().MaximumLength(40);
            RuleFor(command => command.Slug).NotEmpty().Matches(SlugShape());
        }

        [GeneratedRegex("^[a-z0-9](?:[a-z0-9-]{1,58})[a-z0-9]$", RegexOptions.CultureInvariant)]
        private static partial Regex SlugShape();
    }

    public sealed class Handler(PortalDb db, AuditLog audit, SecretProtector secrets, RegistryNudge nudge, TimeProvider clock) : IRequestHandler<Command, Result>
    {
        public async Task<Result> Handle(Command request, CancellationToken cancellationToken)
        {
            if (await db.Listings.AnyAsync(row => row.Slug == request.Slug, cancellationToken))
                return new Result.SlugTaken();

            var now = clock.GetUtcNow();
            var module = request.Module is { } id ? await FreeModuleAsync(id, cancellationToken) : NewModule(request);
            if (module is null)
                return new Result.NoSuchModule();

            var own = new OwnListing
            {
                Id = ListingId.New(), TenantId = request.Organisation, ModuleId = module.Id, Slug = request.Slug!, Standing = ListingStanding.Draft, CreatedAt = now, ChangedAt = now,
                Draft = new ListingDocument
                {
                    Role = module.Role,
                    Texts = new Dictionary<string, ListingDocument.Words> { [request.Language] = new() { Name = request.Name!.Trim() } },
                    Markets = [.. Market.All.Where(market => market.Language == request.Language).Select(market => market.Code)],
                    WebhookUrl = module.WebhookUrl == NoWebhookYet ? null : module.WebhookUrl,
                    SetUpUrl = module.SetUpUrl,
                    Scopes = [.. module.RequiredScopes.Select(scope => new Listing.Permission(scope, false)), .. module.OptionalScopes.Select(scope => new Listing.Permission(scope, true))],
                },
            };
            db.Add(own);
            audit.Add("listing.begun", $"listing:{own.Id}", null, new { own.Slug, Module = module.Id });
            if (!await db.TrySaveAsync(cancellationToken))
                return new Result.SlugTaken(); // Its address, or its module, was taken between the look and the save.

            nudge.Due();
            return new Result.Begun(own.Id);
        }

        private Task<Module?> FreeModuleAsync(ModuleId id, CancellationToken cancellationToken) => db.Modules.SingleOrDefaultAsync(
            row => row.Id == id && !db.Set<OwnListing>().Any(own => own.ModuleId == id) && !db.Listings.Any(listing => listing.ModuleId == id), cancellationToken);

        private Module NewModule(Command request)
        {
            var module = new Module
            {
                Id = ModuleId.New(), TenantId = request.Organisation, Name = request.Name!.Trim(), Role = ModuleRole.AnswersFirst,
                ChannelId = ChannelId.Parse("2" + RandomNumberGenerator.GetString("0123456789", 9), null),
                ProtectedSecret = secrets.Protect(RandomNumberGenerator.GetHexString(32, lowercase: true)),
                WebhookUrl = NoWebhookYet, RequiredScopes = [Scopes.MessageSend, Scopes.MessageReceive], OptionalScopes = [], IsDevelopment = true,
            };
            db.Add(module);
            return module;
        }
    }

    /// <summary>A module's row must name an address; nothing is on any account before there is a real one.</summary>
    internal const string NoWebhookYet = "https://not-yet.invalid/";
}
