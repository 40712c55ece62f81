namespace Carillon.Data.Hints;

/// <summary>That a node has claimed so many runs since it last said so.</summary>
public readonly record struct RunsClaimed(string Node, int Count);
