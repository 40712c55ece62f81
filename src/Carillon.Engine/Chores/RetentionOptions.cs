using System.ComponentModel.DataAnnotations;

namespace Carillon.Engine.Chores;

/// <summary>How many days what is over is kept. What still waits is kept however long it waits.</summary>
public sealed class RetentionOptions
{
    private const int HundredYears = 36_500;
    private const string Rule = "Carillon:Retention:{0} must be a number of days from 1 to 36500.";

    /// <summary>Events and their runs, with the account of what happened.</summary>
    [Range(1, HundredYears, ErrorMessage = Rule)]
    public int Notifications { get; set; } = 30;

    [Range(1, HundredYears, ErrorMessage = Rule)]
    public int InAppMessages { get; set; } = 365;

    /// <summary>What was sent to endpoints, or given up.</summary>
    [Range(1, HundredYears, ErrorMessage = Rule)]
    public int OutgoingEvents { get; set; } = 14;

    /// <summary>Messages of all other channels.</summary>
    [Range(1, HundredYears, ErrorMessage = Rule)]
    public int Messages { get; set; } = 30;
}
