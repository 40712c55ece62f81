using Carillon.Tests.Support;

[assembly: AssemblyFixture(typeof(Templates))]

namespace Carillon.Tests.Support;

/// <summary>
/// Removes the templates when the last test is over. At the end of the process it would be too late: a runner that has not ended a second after
/// its last word says that it waits for threads, and dropping a database can take longer.
/// </summary>
public sealed class Templates : IDisposable
{
    public void Dispose() => Template.Remove();
}
