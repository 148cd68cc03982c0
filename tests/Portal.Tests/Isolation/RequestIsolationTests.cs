using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Portal.Audit;
using Portal.Frame.Mediation;
using Portal.Gateway;
using Portal.Identity;
using Portal.Store;
using Portal.Tests.Frame.Mediation;
using Tenancy;

namespace Portal.Tests.Isolation;

/// <summary>Every command and query, made of the first company's ids and sent by everybody of another: nothing is learned, nothing changes.</summary>
public sealed class RequestIsolationTests
{
    /// <summary>Requests that show other people's names on purpose, and why.</summary>
    private static readonly Dictionary<string, string> ShowsOthers = new()
    {
        ["Portal.Identity.SignIn+PeopleQuery"] = "Signing in by one click, in development only: it lists everybody, and nothing where that is off.",
    };

    private static readonly JsonSerializerOptions Json = new()
    {
        ReferenceHandler = ReferenceHandler.IgnoreCycles,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    [Fact]
    public async Task Given_every_request_of_the_portal_When_everybody_of_another_organisation_sends_it_with_this_ones_ids_Then_nothing_leaks_and_nothing_changes()
    {
        await using var neighbours = await Neighbours.StartAsync();
        var requests = EveryRequestTests.All().Where(type => !ShowsOthers.ContainsKey(type.FullName!)).ToList();

        var found = await PryAsync(neighbours, requests);

        found.ShouldBeEmpty(string.Join('\n', found));
        requests.Count.ShouldBeGreaterThan(25);
    }

    [Fact]
    public async Task Given_a_planted_query_past_the_tenant_filter_and_a_planted_change_When_they_are_tried_Then_both_are_found()
    {
        await using var neighbours = await Neighbours.StartAsync(builder =>
        {
            builder.Services.AddScoped<IRequestHandler<Leak, string>, LeakHandler>();
            builder.Services.AddScoped<IRequestHandler<Meddle, bool>, MeddleHandler>();
        });

        (await PryAsync(neighbours, [typeof(Leak)])).ShouldContain(line => line.Contains("learns", StringComparison.Ordinal));
        (await PryAsync(neighbours, [typeof(Meddle)])).ShouldContain(line => line.Contains("changed", StringComparison.Ordinal));
    }

    /// <summary>A sentence for each leak, each change and each surprise.</summary>
    private static async Task<List<string>> PryAsync(Neighbours neighbours, IReadOnlyList<Type> requests)
    {
        var found = new List<string>();
        var before = await neighbours.RowsAsync();
        foreach (var request in requests)
        {
            foreach (var (name, person, membership) in neighbours.Callers())
            {
                // From their own rooms with the first company's name on it, and with their own on it but the first one's ids within.
                foreach (var organisation in new[] { neighbours.Company.Id, neighbours.OtherCompany.Id })
                {
                    if (await TryAsync(neighbours, request, organisation, person, membership) is { } surprise)
                        found.Add($"{request.FullName} by {name}: {surprise}");
                }
            }

            var after = await neighbours.RowsAsync();
            found.AddRange(neighbours.Changes(before, after).Select(change => $"{request.FullName} changed: {change}"));
            before = after;
        }

        return found;
    }

    private static async Task<string?> TryAsync(Neighbours neighbours, Type type, TenantId organisation, Person? person, Membership? membership)
    {
        await using var scope = neighbours.Portal.Services.CreateAsyncScope();
        if (person is not null)
            scope.ServiceProvider.GetRequiredService<CurrentPerson>().Is(person);
        if (membership is not null)
        {
            scope.ServiceProvider.GetRequiredService<TenantScope>().Enter(membership.TenantId);
            scope.ServiceProvider.GetRequiredService<CurrentMember>().Is(membership);
        }

        var request = RequestSamples.Make(type, neighbours.Values, organisation);
        var mustBeRefused = type.GetCustomAttribute<AccessAttribute>() switch
        {
            ForMembersAttribute members => organisation == neighbours.Company.Id || membership is null || !Rights.Has(membership.Role, members.Right),
            ForOperatorsAttribute => true,
            ForSignedInAttribute => person is null,
            _ => false,
        };
        try
        {
            var answer = await SendAsync(scope.ServiceProvider.GetRequiredService<IMediator>(), request);
            if (mustBeRefused)
                return "it was answered";

            var text = Said(answer);
            return neighbours.Markers.FirstOrDefault(marker => text.Contains(marker, StringComparison.Ordinal)) is { } marker ? $"learns '{marker}'" : null;
        }
        catch (AccessRefusedException)
        {
            return null;
        }
        catch (Exception refused) when (!mustBeRefused && refused is ValidationException or GatewayUnavailableException)
        {
            return null; // Got in where they may, with words that say nothing.
        }
    }

    private static async Task<object?> SendAsync(IMediator mediator, object request)
    {
        var response = request.GetType().GetInterfaces().Single(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IRequest<>)).GetGenericArguments()[0];
        var send = typeof(IMediator).GetMethods().Single(method => method is { Name: nameof(IMediator.Send), IsGenericMethod: true }).MakeGenericMethod(response);
        var sent = (Task)send.Invoke(mediator, [request, CancellationToken.None])!;
        await sent;
        return sent.GetType().GetProperty(nameof(Task<object>.Result))!.GetValue(sent);
    }

    private static string Said(object? answer) => answer is null ? "" : JsonSerializer.Serialize(answer, answer.GetType(), Json) + answer;

    /// <summary>A leak as somebody might write it.</summary>
    [ForSignedIn]
    public sealed record Leak(LinkageId Id) : IQuery<string>;

    public sealed class LeakHandler(PortalDb db) : IRequestHandler<Leak, string>
    {
        public async Task<string> Handle(Leak request, CancellationToken cancellationToken) =>
            (await db.Linkages.IgnoreQueryFilters().SingleAsync(row => row.Id == request.Id, cancellationToken)).BotId.ToString();
    }

    [ForAnybody]
    public sealed record Meddle(PersonId PersonId) : ICommand<bool>;

    public sealed class MeddleHandler(PortalDb db, AuditLog audit) : IRequestHandler<Meddle, bool>
    {
        public async Task<bool> Handle(Meddle request, CancellationToken cancellationToken)
        {
            (await db.People.SingleAsync(row => row.Id == request.PersonId, cancellationToken)).DisplayName = Guid.NewGuid().ToString("N");
            audit.Add("test.meddled", $"person:{request.PersonId}");
            await db.SaveChangesAsync(cancellationToken);
            return true;
        }
    }
}
