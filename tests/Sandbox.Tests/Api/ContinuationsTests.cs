using Line;
using Sandbox.Api;

namespace Sandbox.Tests.Api;

public sealed class ContinuationsTests
{
    private static readonly ChannelId Channel = ChannelId.Parse("1650000001", null);
    private static readonly BotId Bot = BotId.Parse("U0123456789abcdef0123456789abcdef", null);

    private readonly Continuations _places = new(TimeProvider.System);

    [Fact]
    public void Given_a_token_for_the_rest_of_a_list_When_it_is_used_for_another_list_account_or_channel_Then_it_is_none()
    {
        var token = _places.After(Channel, Bot, "followers", "somebody");

        _places.TryRead(Channel, Bot, "coupons", token, out _).ShouldBeFalse();
        _places.TryRead(Channel, BotId.Parse("U" + new string('1', 32), null), "followers", token, out _).ShouldBeFalse();
        _places.TryRead(ChannelId.Parse("1650000002", null), Bot, "followers", token, out _).ShouldBeFalse();
        _places.TryRead(Channel, Bot, "followers", token, out var after).ShouldBeTrue();
        after.ShouldBe("somebody");
    }
}
