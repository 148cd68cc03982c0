using System.Net;
using ModuleGateway.Delivery;
using PublicWeb;
using Tenancy;

namespace ModuleGateway.Tests.Delivery;

/// <summary>Nobody has the gateway call an address that is not public.</summary>
public sealed class AddressCheckTests
{
    private const int HostileMin = 300;

    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.0")]
    [InlineData("168.63.129.15")]
    [InlineData("169.253.255.255")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.1")]
    [InlineData("192.0.1.1")]
    [InlineData("198.17.255.255")]
    [InlineData("223.255.255.255")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("2001:200::1")]
    [InlineData("2001:4860:4860::8888")]
    [InlineData("2606:4700::1111")]
    [InlineData("2a00:1450:4001::200e")]
    public void Given_an_address_of_the_open_internet_When_it_is_checked_Then_modules_may_be_there(string address) => PublicAddress.Is(IPAddress.Parse(address)).ShouldBeTrue();

    [Fact]
    public async Task Given_300_hostile_URLs_When_each_is_called_Then_none_is_connected_to()
    {
        using var listener = new CountingListener();
        using var way = new ModuleWay(new DeliveryOptions());
        way.Lookup.Tell("public.example", "93.184.215.14");
        var wrong = new List<string>();
        foreach (var url in HostileUrls.All.Select(url => url.Replace("{port}", $"{listener.Port}", StringComparison.Ordinal)))
        {
            if (!Uri.TryCreate(url, UriKind.Absolute, out _))
                continue; // No URL at all: nobody can set it.
            var attempt = await way.TryAsync(url);
            if (attempt is not { Status: 0, Error: "could_not_connect", Detail: "An address of the host is not public." or "The host has no address." } && attempt.Detail?.StartsWith("A module's URL must be https", StringComparison.Ordinal) != true)
                wrong.Add($"{url}: {attempt.Status} {attempt.Error} {attempt.Detail}");
        }

        wrong.ShouldBeEmpty();
        HostileUrls.All.Distinct().Count().ShouldBeGreaterThanOrEqualTo(HostileMin);
        (await listener.CountToTheEndAsync()).ShouldBe(0);
        way.Dialer.Places.Taken.ShouldBe(0);
    }

    [Fact]
    public async Task Given_names_that_lead_inside_When_they_are_called_Then_none_is_connected_to_be_it_one_address_among_200()
    {
        using var listener = new CountingListener();
        using var way = new ModuleWay(new DeliveryOptions());
        foreach (var (host, answers) in HostileUrls.Names)
        {
            way.Lookup.Tell(host, answers);
            (await way.TryAsync($"https://{host}:{listener.Port}/webhook")).Detail.ShouldBe("An address of the host is not public.", host);
        }

        way.Lookup.Asked.Count.ShouldBe(HostileUrls.Names.Count);
        (await listener.CountToTheEndAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Given_a_gateway_in_development_When_the_same_URLs_are_called_Then_it_does_connect()
    {
        using var way = new ModuleWay(new DeliveryOptions { AllowPrivateAddresses = true });
        way.Lookup.Tell("inside.example", "127.0.0.1");
        foreach (var host in new[] { "127.0.0.1", "2130706433", "0x7f.1", "127.1", "0177.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "127。0。0。1", "localhost", "inside.example" })
        {
            using var listener = new CountingListener();
            var attempt = await way.TryAsync($"http://{host}:{listener.Port}/webhook");
            (await listener.CountToTheEndAsync()).ShouldBeGreaterThan(0, $"{host}: {attempt}");
        }
    }

    [Fact]
    public async Task Given_a_name_that_answers_otherwise_the_second_time_When_it_is_called_Then_each_connection_asks_once_and_goes_where_that_answer_said()
    {
        using var certificates = new TestCertificates();
        await using var module = new HostileServer { Certificate = certificates.For("rebinding.example"), Behaviour = Behaviours.AnswersAndCloses };
        await module.StartAsync(IPAddress.Parse("127.0.0.2"));
        using var inside = new CountingListener(IPAddress.Loopback);
        using var way = new ModuleWay(new DeliveryOptions { AllowedNetworks = ["127.0.0.2/32"], TrustedRootsFile = certificates.RootsFile });
        way.Lookup.Tell("rebinding.example", "127.0.0.2", "127.0.0.1");
        var (id, url) = (ModuleId.New(), $"https://rebinding.example:{module.Port}/webhook");

        (await way.TryAsync(url, id)).Succeeded.ShouldBeTrue();
        way.Lookup.Asked.Count.ShouldBe(1);
        (await way.TryAsync(url, id)).Detail.ShouldBe("An address of the host is not public.");
        way.Lookup.Asked.Count.ShouldBe(2);
        module.Requests.ShouldBe(1);

        way.Lookup.Tell("rebinding.example", "127.0.0.2", "127.0.0.1");
        (await way.TryAsync($"https://rebinding.example:{inside.Port}/webhook")).Error.ShouldBe("could_not_connect"); // Nobody listens at the first answer; the second is never asked for.
        (await inside.CountToTheEndAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Given_an_open_connection_When_its_name_moves_inside_Then_what_is_sent_still_goes_to_the_address_that_was_checked()
    {
        using var certificates = new TestCertificates();
        await using var module = new HostileServer { Certificate = certificates.For("moving.example"), Behaviour = Behaviours.Answers };
        await module.StartAsync(IPAddress.Parse("127.0.0.2"));
        using var way = new ModuleWay(new DeliveryOptions { AllowedNetworks = ["127.0.0.2/32"], TrustedRootsFile = certificates.RootsFile });
        way.Lookup.Tell("moving.example", "127.0.0.2", "127.0.0.1");
        var id = ModuleId.New();
        for (var i = 1; i <= 3; i++)
        {
            (await way.TryAsync($"https://moving.example:{module.Port}/webhook", id)).Succeeded.ShouldBeTrue();
            module.Requests.ShouldBe(i);
        }

        way.Lookup.Asked.Count.ShouldBe(1);
        module.Connections.ShouldBe(1);
    }
}
