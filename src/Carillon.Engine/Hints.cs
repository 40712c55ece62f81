namespace Carillon.Engine;

/// <summary>
/// Says that something may be due, so that nobody waits for the next look. A hint may be lost without anything but time being lost:
/// every listener also looks by itself.
/// </summary>
public sealed class Hints
{
    public event Action? EventsDue;
    public event Action? RunsDue;

    public void TellEventsDue() => EventsDue?.Invoke();

    public void TellRunsDue() => RunsDue?.Invoke();
}
