namespace ControlModel.Checking;

/// <summary>A point of the whole round: a point in each chat's share of it.</summary>
/// <param name="In">By share, the number of its point.</param>
/// <param name="Done">The steps of the round that are done: it follows from <paramref name="In"/>.</param>
/// <param name="Begun">Those that are half done: so does this.</param>
internal sealed record JointPoint(int[] In, UInt128 Done, UInt128 Begun)
{
    public JointPoint? Before { get; private init; }

    /// <summary>The step that led here; null: something that happened by itself.</summary>
    public int? Step { get; private init; }

    public bool IsOver { get; private init; }

    public int Depth { get; private init; }

    public JointPoint Then(int share, int to, int? step, bool isOver)
    {
        var all = (int[])In.Clone();
        all[share] = to;
        var bit = step is { } i ? UInt128.One << i : UInt128.Zero;
        return new JointPoint(all, isOver ? Done | bit : Done, isOver ? Begun & ~bit : Begun | bit) { Before = this, Step = step, IsOver = isOver, Depth = Depth + 1 };
    }

    public JointPoint Then(int[] to, int step) => new(to, Done | (UInt128.One << step), Begun) { Before = this, Step = step, IsOver = true, Depth = Depth + 1 };

    public bool Equals(JointPoint? other) => other is not null && In.AsSpan().SequenceEqual(other.In);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var number in In)
            hash.Add(number);
        return hash.ToHashCode();
    }
}
