using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Portal.Audit;
using Portal.Frame.Language;
using Portal.Frame.Mediation;
using Portal.Identity;
using Portal.Store;

namespace Portal.Operations.Agreements;

/// <summary>The operator publishes a new version of an agreement, in all languages. It cannot be altered afterwards.</summary>
public static class PublishAgreement
{
    /// <param name="Texts">Language → title and body.</param>
    [ForOperators]
    public sealed record Command(AgreementKind Kind, IReadOnlyDictionary<string, Written> Texts) : ICommand<int>;

    public sealed record Written(string Title, string Body);

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.Kind).IsInEnum();
            RuleFor(command => command.Texts).Must(texts => Languages.All.All(texts.ContainsKey) && texts.Count == Languages.All.Count).WithMessage("An agreement is written in each of our languages.");
            RuleForEach(command => command.Texts.Values).ChildRules(text =>
            {
                text.RuleFor(one => one.Title).Must(title => !string.IsNullOrWhiteSpace(title)).MaximumLength(AgreementText.TitleMax);
                text.RuleFor(one => one.Body).Must(body => !string.IsNullOrWhiteSpace(body)).MaximumLength(AgreementText.BodyMax);
            });
        }
    }

    public sealed class Handler(PortalDb db, AuditLog audit, CurrentPerson current, TimeProvider clock) : IRequestHandler<Command, int>
    {
        /// <returns>The new version's number.</returns>
        public async Task<int> Handle(Command request, CancellationToken cancellationToken)
        {
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var last = await db.Set<Agreement>().Where(row => row.Kind == request.Kind).MaxAsync(row => (int?)row.Number, cancellationToken) ?? 0;
                var agreement = new Agreement { Id = Guid.CreateVersion7(), Kind = request.Kind, Number = last + 1, PublishedAt = clock.GetUtcNow(), PublishedBy = current.Required.Id };
                agreement.Texts.AddRange(request.Texts.Select(text => new AgreementText { AgreementId = agreement.Id, Language = text.Key, Title = text.Value.Title.Trim(), Body = text.Value.Body.Trim() }));
                db.Add(agreement);
                audit.Add("agreement.published", $"agreement:{agreement.Id}", new { Number = last }, new { agreement.Kind, agreement.Number, Texts = agreement.Texts.ToDictionary(text => text.Language, text => text.Fingerprint) });
                // Two that publish at once: the second takes the next number.
                if (await db.TrySaveAsync(cancellationToken))
                    return agreement.Number;
            }
        }
    }

    // Before the page at the same address, which would take a POST too.
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/operations/agreements", PostAsync).WithOrder(-1).ForFormsOnly();

    private static async Task<RedirectHttpResult> PostAsync(HttpRequest request, IMediator mediator, CancellationToken cancellationToken)
    {
        var form = await request.ReadFormAsync(cancellationToken);
        var texts = Languages.All.ToDictionary(language => language, language => new Written(form[$"title-{language}"].ToString(), form[$"body-{language}"].ToString()));
        try
        {
            if (!Enum.TryParse<AgreementKind>(form["kind"], out var kind))
                return TypedResults.LocalRedirect("/operations/agreements?said=incomplete");

            await mediator.Send(new Command(kind, texts), cancellationToken);
            return TypedResults.LocalRedirect("/operations/agreements?said=published");
        }
        catch (ValidationException)
        {
            return TypedResults.LocalRedirect("/operations/agreements?said=incomplete");
        }
    }
}
