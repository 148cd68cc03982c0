namespace Line;

/// <summary>One thing that LINE found wrong with a request.</summary>
/// <param name="Message">What is wrong.</param>
/// <param name="Property">Where, like <c>messages[0].text</c>; null when LINE does not say.</param>
public sealed record LineErrorDetail(string Message, string? Property);
