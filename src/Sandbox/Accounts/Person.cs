namespace Sandbox.Accounts;

/// <summary>A LINE user: someone who holds the phone.</summary>
/// <param name="Id">Short name in our own addresses, never sent to a channel: <c>^[a-z0-9-]{1,40}$</c>.</param>
/// <param name="Identity">The person's own 128 bits, from which every channel's user id is made.</param>
/// <param name="Language">BCP 47, as profile.language tells it.</param>
/// <param name="Color">CSS colour of the drawn picture.</param>
/// <param name="Demographics">What LINE believes to know; null: nothing, and the person is in no count of reach.</param>
internal sealed record Person(string Id, Guid Identity, string Name, string Language, string Color, string? StatusMessage = null, Demographics? Demographics = null)
{
    public string AvatarPath => $"/phone/avatars/people/{Id}.svg";
}
