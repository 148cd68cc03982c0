using Line.Validation;

namespace Line;

/// <summary>Checks against LINE's published limits without asking LINE. Each check gives all faults, in the request's order.</summary>
/// <remarks>
/// Lengths are counted as LINE counts them: texts in UTF-16 units, labels, titles and what templates say in grapheme clusters. What is of an
/// unknown kind (<see cref="RawMessage"/>) passes: LINE decides. What only LINE can know (whether a picture is too large, a coupon exists) passes too;
/// the validate calls of <see cref="MessagingClient"/> ask it.
/// </remarks>
public static class LineLimits
{
    /// <summary>Most messages that one call takes.</summary>
    public const int MessagesMax = 5;

    /// <summary>Most people that one multicast, or one bulk link of a rich menu, takes.</summary>
    public const int RecipientsMax = 500;

    /// <summary>What is wrong with messages that would be sent together; empty when nothing is.</summary>
    public static IReadOnlyList<LineErrorDetail> Check(IReadOnlyList<LineMessage> messages)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var faults = new FaultFinder();
        faults.Parts("messages", messages, 1, MessagesMax);
        return faults.Faults;
    }

    /// <summary>Throws when anything is wrong.</summary>
    /// <exception cref="LineValidationException">With all of it.</exception>
    public static void Demand(IReadOnlyList<LineMessage> messages) => Demand(Check(messages));

    internal static IReadOnlyList<LineErrorDetail> Check(IChecked request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var faults = new FaultFinder();
        request.Check(faults);
        return faults.Faults;
    }

    internal static void Demand(IReadOnlyList<LineErrorDetail> faults)
    {
        if (faults.Count > 0)
            throw new LineValidationException(faults);
    }
}
