using Portal.Tests.Hosting;
using Portal.Tests.Isolation;

namespace Portal.Tests.Operations;

public sealed class QueuesTests
{
    [Fact]
    public async Task Given_a_listings_version_in_review_When_an_operator_opens_the_queues_Then_it_stands_there_with_its_company()
    {
        await using var neighbours = await Neighbours.StartAsync();
        var person = await neighbours.Portal.InDatabaseAsync(async db =>
        {
            neighbours.Stranger.IsOperator = true;
            db.Update(neighbours.Stranger);
            await db.SaveChangesAsync();
            return neighbours.Stranger.Id;
        });

        var queues = await (await Buyer.AsAsync(neighbours.Portal, person)).Browser.OpenAsync("/operations/queues");

        queues.TextOf("queue-listings").ShouldContain(neighbours.Company.Name);
    }
}
