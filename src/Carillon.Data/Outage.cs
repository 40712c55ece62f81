using System.Data.Common;
using System.Net.Sockets;

namespace Carillon.Data;

/// <summary>Tells "the database cannot be reached right now, try again" from a defect.</summary>
public static class Outage
{
    public static bool Is(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is DbException { IsTransient: true } or DbException { InnerException: SocketException or EndOfStreamException })
                return true;
        }
        return false;
    }
}
