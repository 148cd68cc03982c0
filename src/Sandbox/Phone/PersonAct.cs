namespace Sandbox.Phone;

/// <summary>How something that a person did on the phone ended.</summary>
/// <param name="Refusal">Null: done.</param>
/// <param name="MessageId">The id of the message it made; null where it made none.</param>
internal sealed record PersonAct(PersonRefusal? Refusal, string? MessageId = null)
{
    public static readonly PersonAct Done = new(Refusal: null);
}
