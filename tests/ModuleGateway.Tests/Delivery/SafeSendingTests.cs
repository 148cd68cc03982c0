using System.Net;
using ModuleGateway.Delivery;
using ModuleGateway.Docs;
using Tenancy;

namespace ModuleGateway.Tests.Delivery;

/// <summary>What one attempt makes of a server that misbehaves: an end in time, a reason, and a bounded number of bytes.</summary>
public sealed class SafeSendingTests : IDisposable
{
    private const string Host = "module.example";
    private const long FloodBytesMax = 32 * 1024 * 1024; // What the two sides' systems keep for each other, and no more.
    private readonly TestCertificates _certificates = new();
    private readonly ModuleWay _way;

    public SafeSendingTests()
    {
        _way = Way(TimeSpan.FromSeconds(20)); // Of a machine that does other things too.
    }

    private ModuleWay Way(TimeSpan connectTimeout)
    {
        var way = new ModuleWay(new DeliveryOptions { AttemptTimeout = connectTimeout + TimeSpan.FromSeconds(1), ConnectTimeout = connectTimeout, AllowedNetworks = ["127.0.0.0/8"], TrustedRootsFile = _certificates.RootsFile });
        way.Lookup.Tell(Host, "127.0.0.1");
        return way;
    }

    /// <summary>Each with the reason that it is given, and its status.</summary>
    internal static IReadOnlyList<(Behaviour Behaviour, string? Error, int Status)> Cases { get; } =
    [
        (Behaviours.Answers, null, 200),
        (Behaviours.AnswersAndCloses, null, 200),
        (Behaviours.DripsItsBody, null, 200),
        (Behaviours.Hangs, "request_timeout", 0),
        (Behaviours.NeverShakesHands, "could_not_connect", 0),
        (Behaviours.Drips, "request_timeout", 0),
        (Behaviours.Continues, "unclassified", 0),
        (Behaviours.Hints, "unclassified", 0),
        (Behaviours.Headers, "unclassified", 0),
        (Behaviours.OneHeader, "unclassified", 0),
        (Behaviours.Body, "error_status_code", 500),
        (Behaviours.Chunks, "error_status_code", 500),
        (Behaviours.Bomb, "error_status_code", 500),
        (Behaviours.Resets, "unclassified", 0),
        (Behaviours.ResetsAtOnce, "could_not_connect", 0),
        (Behaviours.Closes, "unclassified", 0),
        (Behaviours.Garbles, "unclassified", 0),
        (Behaviours.BreaksOff, "unclassified", 0),
        (Behaviours.SpeaksPlainly, "could_not_connect", 0),
        (Behaviours.AsksForProof, "error_status_code", 401),
        (Behaviours.Refuses, "error_status_code", 500),
    ];

    public static TheoryData<string> Names => [.. Cases.Select(one => one.Behaviour.Name)];

    public void Dispose()
    {
        _way.Dispose();
        _certificates.Dispose();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Given_a_server_that_does_this_When_it_is_called_Then_the_attempt_ends_with_its_reason_and_few_bytes_are_taken(string behaviour)
    {
        var (does, error, status) = Cases.Single(one => one.Behaviour.Name == behaviour);
        await using var server = await ServeAsync(does);
        var isEndless = does == Behaviours.DripsItsBody || does == Behaviours.Hangs || does == Behaviours.NeverShakesHands || does == Behaviours.Drips;
        using var hasty = Way(TimeSpan.FromSeconds(3));
        var attempt = await (isEndless ? hasty : _way).TryAsync(server.Url(Host)).WaitAsync(TimeSpan.FromSeconds(30));
        (attempt.Error, attempt.Status).ShouldBe((error, status), attempt.Detail);
        attempt.IsOurFault.ShouldBeFalse();
        server.Sent.ShouldBeLessThan(FloodBytesMax);
    }

    [Fact]
    public void Given_a_reason_why_nothing_arrived_When_a_partner_looks_it_up_Then_it_stands_in_the_list_of_errors()
    {
        var page = WebUtility.HtmlDecode(DocPage.All.Single(one => one.Name == "errors").Content).Replace('’', '\'');
        foreach (var detail in typeof(AttemptDetails).GetProperties().Select(property => (string)property.GetValue(null)!))
            page.ShouldContain($"<td>{detail}</td>");
    }

    [Fact]
    public async Task Given_a_failed_answer_When_it_is_kept_Then_how_it_begins_stands_beside_its_status()
    {
        await using var server = await ServeAsync(Behaviours.Refuses);
        (await _way.TryAsync(server.Url(Host))).AnswerStart.ShouldBe("no..sense");
    }

    [Fact]
    public async Task Given_an_answer_of_more_than_4_KiB_When_it_has_been_read_that_far_Then_the_connection_is_dropped_and_the_answer_counts()
    {
        await using var server = await ServeAsync(Behaviours.SaysMuch);
        var id = ModuleId.New();
        (await _way.TryAsync(server.Url(Host), id)).AnswerStart.ShouldBe(new string('m', AnswerStart.BytesMax));
        server.Behaviour = Behaviours.Answers;
        (await _way.TryAsync(server.Url(Host), id)).Succeeded.ShouldBeTrue();
        (await _way.TryAsync(server.Url(Host), id)).Succeeded.ShouldBeTrue();
        server.Connections.ShouldBe(2);
    }

    [Fact]
    public async Task Given_certificates_that_are_not_the_hosts_When_they_are_shown_Then_no_request_is_sent()
    {
        foreach (var (what, certificate) in new[]
        {
            ("expired", _certificates.For(Host, isExpired: true)), ("for another host", _certificates.For("other.example")), ("for a part of the name", _certificates.For("example")), ("for its address", _certificates.For("127.0.0.1")),
            ("self-signed", TestCertificates.SelfSigned(Host)),
        })
        {
            await using var server = await ServeAsync(Behaviours.Answers, certificate);
            var attempt = await _way.TryAsync(server.Url(Host));
            attempt.Error.ShouldBe("could_not_connect", what);
            attempt.Detail.ShouldNotBeNull().ShouldContain("certificate", customMessage: what);
            server.Requests.ShouldBe(0, what);
        }
    }

    [Fact]
    public async Task Given_a_certificate_that_says_where_its_issuer_can_be_fetched_When_it_is_shown_Then_nobody_goes_there()
    {
        using var inside = new CountingListener();
        await using var server = await ServeAsync(Behaviours.Answers, TestCertificates.OfUnknownIssuer(Host, new Uri($"http://127.0.0.1:{inside.Port}/issuer.cer")));
        (await _way.TryAsync(server.Url(Host))).Error.ShouldBe("could_not_connect");
        (await inside.CountToTheEndAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Given_a_redirect_inside_When_it_is_answered_Then_nobody_goes_there()
    {
        using var inside = new CountingListener();
        await using var server = await ServeAsync(Behaviours.RedirectsTo(new Uri($"https://127.0.0.1:{inside.Port}/latest/meta-data/")));
        (await _way.TryAsync(server.Url(Host))).Status.ShouldBe(307);
        (await inside.CountToTheEndAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Given_two_answers_to_one_request_When_the_next_is_sent_Then_it_gets_none_of_them()
    {
        await using var server = await ServeAsync(Behaviours.AnswersTwice);
        var id = ModuleId.New();
        for (var i = 0; i < 20; i++)
            (await _way.TryAsync(server.Url(Host), id)).Status.ShouldBe(500);
    }

    [Fact]
    public async Task Given_two_modules_on_one_host_When_one_hangs_on_to_all_its_connections_Then_the_other_is_served_at_once()
    {
        await using var server = await ServeAsync(Behaviours.Hangs);
        using var way = new ModuleWay(new DeliveryOptions { InFlightPerModuleMax = 4, AllowedNetworks = ["127.0.0.0/8"], TrustedRootsFile = _certificates.RootsFile });
        way.Lookup.Tell(Host, "127.0.0.1");
        var greedy = ModuleId.New();
        var hanging = Enumerable.Range(0, 12).Select(_ => way.TryAsync(server.Url(Host), greedy)).ToList();
        SpinWait.SpinUntil(() => server.Requests == 4, TimeSpan.FromSeconds(20)).ShouldBeTrue();

        server.Behaviour = Behaviours.Answers;
        (await way.TryAsync(server.Url(Host))).Succeeded.ShouldBeTrue();
        server.Connections.ShouldBe(5); // Four of the one and one of the other, which goes over no connection of the first's.
        hanging.ShouldAllBe(one => !one.IsCompleted);
    }

    [Fact]
    public async Task Given_all_connections_in_use_When_one_more_module_is_called_Then_it_is_said_to_be_our_fault_and_nobodys_else()
    {
        await using var server = await ServeAsync(Behaviours.Hangs);
        using var way = new ModuleWay(new DeliveryOptions { ConnectionsMax = 16, ConnectTimeout = TimeSpan.FromSeconds(1), AllowedNetworks = ["127.0.0.0/8"], TrustedRootsFile = _certificates.RootsFile });
        way.Lookup.Tell(Host, "127.0.0.1");
        var hanging = Enumerable.Range(0, 16).Select(_ => way.TryAsync(server.Url(Host))).ToList();
        SpinWait.SpinUntil(() => server.Requests == 16, TimeSpan.FromSeconds(20)).ShouldBeTrue();

        var attempt = await way.TryAsync(server.Url(Host));
        (attempt.Status, attempt.Error, attempt.IsOurFault).ShouldBe((0, "unclassified", true));
        server.Connections.ShouldBe(16);
        hanging.ShouldAllBe(one => !one.IsCompleted);
    }

    private async Task<HostileServer> ServeAsync(Behaviour behaviour, System.Security.Cryptography.X509Certificates.X509Certificate2? certificate = null)
    {
        var server = new HostileServer { Certificate = certificate ?? _certificates.For(Host), Behaviour = behaviour };
        await server.StartAsync(IPAddress.Loopback);
        return server;
    }
}
