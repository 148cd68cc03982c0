namespace Portal.Frame.Mediation;

/// <summary>Whoever sent the request may not. Nothing was read for them and nothing changed.</summary>
public sealed class AccessRefusedException(string request, AccessRefusal refusal) : Exception($"{request} was refused: {refusal}.")
{
    public AccessRefusal Refusal { get; } = refusal;
}
