namespace Carillon.Simulation;

/// <summary>What an engine could get wrong, to show that it would be noticed.</summary>
public enum PlantedBug
{
    None,

    /// <summary>A window is closed only after it has been read.</summary>
    ClosesLate,

    /// <summary>Nobody looks before a message leaves whether it is still wanted.</summary>
    SendsWhatWasCancelled,

    /// <summary>Whoever lost a claim writes all the same.</summary>
    WritesWithoutItsClaim,

    /// <summary>What waits is taken two seconds before its time.</summary>
    ComesEarly,
}
