namespace Sandbox.Api;

/// <summary>One fault of a request body, as LINE's answers list them.</summary>
/// <param name="Property">Path of the faulty property: <c>messages[0].text</c>.</param>
internal sealed record ErrorDetail(string Message, string? Property = null);
