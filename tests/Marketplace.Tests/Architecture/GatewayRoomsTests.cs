namespace Marketplace.Tests.Architecture;

public sealed class GatewayRoomsTests
{
    [Fact]
    public void Given_the_gateways_sources_When_their_uses_are_read_Then_no_room_reaches_up_and_no_two_doors_reach_each_other()
    {
        const string folder = "src/ModuleGateway/";
        var sources = Repository.Files(folder, ".cs").Select(path => (path[folder.Length..], File.ReadAllText(Repository.At(path)))).ToList();
        sources.Count.ShouldBeGreaterThan(50);
        GatewayRooms.Violations(sources).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Control/X.cs", "Delivery")]
    [InlineData("Ingress/X.cs", "Facade")]
    [InlineData("Linkages/X.cs", "Journal")]
    [InlineData("Delivery/X.cs", "Management")]
    [InlineData("Facade/X.cs", "Unheard")]
    public void Given_a_room_that_reaches_where_it_must_not_When_its_uses_are_read_Then_it_is_named(string path, string used) =>
        GatewayRooms.Violations([(path, $"using System;\nusing ModuleGateway.{used};\n")]).ShouldBe([$"{path} must not use {used}."]);
}
