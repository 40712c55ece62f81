namespace Carillon.Contract.Crashes;

/// <summary>Tests that need the machine to themselves: they run one after another, when the others are done.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
