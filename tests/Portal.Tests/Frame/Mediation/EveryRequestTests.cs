using System.Reflection;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Portal.Audit;
using Portal.Frame.Mediation;
using Portal.Purchasing;

namespace Portal.Tests.Frame.Mediation;

/// <summary>What each request of the portal must say of itself, read from the assembly: a new one cannot be forgotten.</summary>
public sealed class EveryRequestTests
{
    /// <summary>Commands whose handler writes no audit row by itself, with who does.</summary>
    private static readonly Dictionary<Type, string> AuditedElsewhere = new()
    {
        [typeof(ConnectChannel.Command)] = "It sends TakeUpConsent, which does.",
        [typeof(OfferChannel.Command)] = "It saves nothing: the gateway looks at the channel and forgets it again.",
    };

    public static TheoryData<Type> Requests => [.. All()];

    public static TheoryData<Type> Commands => [.. All().Where(IsCommand)];

    [Theory, MemberData(nameof(Requests))]
    public void Given_a_request_When_it_is_read_Then_it_is_a_command_or_a_query_and_says_who_may_send_it(Type request)
    {
        request.GetInterfaces().Count(type => type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(ICommand<>) || type.GetGenericTypeDefinition() == typeof(IQuery<>)))
            .ShouldBe(1, $"{request.FullName} is neither ICommand nor IQuery");
        request.GetCustomAttributes<AccessAttribute>().Count().ShouldBe(1, $"{request.FullName} bears no access attribute");
    }

    [Theory, MemberData(nameof(Requests))]
    public void Given_a_request_for_members_When_it_is_read_Then_it_names_the_organisation_and_no_other_request_does(Type request) =>
        typeof(IInOrganisation).IsAssignableFrom(request).ShouldBe(request.IsDefined(typeof(ForMembersAttribute)), request.FullName);

    [Theory, MemberData(nameof(Commands))]
    public void Given_a_command_When_its_handler_is_read_Then_it_takes_the_audit_log(Type command)
    {
        var handler = typeof(PortalApp).Assembly.GetTypes().Single(type => type.GetInterfaces().Any(service =>
            service.IsGenericType && service.GetGenericTypeDefinition() == typeof(IRequestHandler<,>) && service.GetGenericArguments()[0] == command));
        var takesIt = handler.GetConstructors().Single().GetParameters().Any(parameter => parameter.ParameterType == typeof(AuditLog) || parameter.ParameterType == typeof(IServiceScopeFactory));

        (takesIt || AuditedElsewhere.ContainsKey(command)).ShouldBeTrue($"{command.FullName} writes no audit row");
    }

    public static IReadOnlyList<Type> All() =>
        [.. typeof(PortalApp).Assembly.GetTypes().Where(type => !type.IsAbstract && typeof(IBaseRequest).IsAssignableFrom(type)).OrderBy(type => type.FullName, StringComparer.Ordinal)];

    private static bool IsCommand(Type request) => request.GetInterfaces().Any(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ICommand<>));
}
