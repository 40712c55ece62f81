namespace Carillon.Tests.Support;

/// <summary>What holds must hold on both.</summary>
public enum Store { Sqlite, Postgres }
