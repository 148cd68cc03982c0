using Line;
using Sandbox.Accounts;
using Sandbox.Chats;

namespace Sandbox.Messaging;

/// <summary>Who is a friend of an account now.</summary>
internal sealed class Friends(PeopleDirectory people, ChatBook chats)
{
    public IReadOnlyList<Person> Of(BotId botId) => [.. people.All().Where(person => chats.Read(new ChatKey(botId, person.Id)).Friendship == Friendship.Friend)];
}
