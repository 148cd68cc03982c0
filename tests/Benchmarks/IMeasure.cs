namespace Benchmarks;

/// <summary>One row of the table: something of ours against something plain, in one run. A file in Measures each, and a line in Program.</summary>
internal interface IMeasure
{
    /// <summary>One word, by which it is chosen on the command line.</summary>
    string Name { get; }

    /// <summary>What is measured.</summary>
    string What { get; }

    /// <summary>What it is held against.</summary>
    string Against { get; }

    /// <summary>The ratio that is wanted at least: how many times as fast as the other, or which share of its rate.</summary>
    double Goal { get; }

    /// <summary>Makes what it needs, measures, checks that the work was really done, and takes everything away again.</summary>
    Task<Measured> MeasureAsync();
}
