using System.Net;

namespace Carillon.Server.InboundParse.Smtp;

/// <summary>How many are connected, in all and from each address.</summary>
internal sealed class Visitors(int most, int mostOfOne)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<IPAddress, int> _of = [];
    private int _all;

    public bool TryEnter(IPAddress address)
    {
        lock (_lock)
        {
            var own = _of.GetValueOrDefault(address);
            if (_all >= most || own >= mostOfOne) return false;

            _all++;
            _of[address] = own + 1;
            return true;
        }
    }

    public void Leave(IPAddress address)
    {
        lock (_lock)
        {
            _all--;
            if (--_of[address] == 0) _of.Remove(address);
        }
    }
}
