using System.Net;
using System.Net.Sockets;
using Carillon.Providers.Http;
using Microsoft.Extensions.Configuration;

namespace Carillon.Tests.Providers.Http;

public sealed class OutboundGuardTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("0.1.2.3")]
    [InlineData("10.0.0.1")]
    [InlineData("10.255.255.255")]
    [InlineData("100.64.0.1")]
    [InlineData("100.127.255.255")]
    [InlineData("127.0.0.1")]
    [InlineData("127.255.255.254")]
    [InlineData("169.254.169.254")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.0.0.8")]
    [InlineData("192.0.2.1")]
    [InlineData("192.88.99.1")]
    [InlineData("192.168.1.1")]
    [InlineData("198.18.0.1")]
    [InlineData("198.19.255.255")]
    [InlineData("198.51.100.1")]
    [InlineData("203.0.113.1")]
    [InlineData("224.0.0.1")]
    [InlineData("239.255.255.255")]
    [InlineData("240.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::10.0.0.1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("::ffff:0:10.0.0.1")]
    [InlineData("64:ff9b::10.0.0.1")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("64:ff9b:1::10.0.0.1")]
    [InlineData("100::1")]
    [InlineData("2001::1")]
    [InlineData("2001:db8::1")]
    [InlineData("2002:7f00:1::")]
    [InlineData("2002:808:808::1")]
    [InlineData("3fff::1")]
    [InlineData("5f00::1")]
    [InlineData("fc00::1")]
    [InlineData("fd12:3456::1")]
    [InlineData("fe80::1")]
    [InlineData("fe80::1%1")]
    [InlineData("fec0::1")]
    [InlineData("ff02::1")]
    public void An_address_outside_the_public_internet_is_not_permitted(string address) =>
        Assert.False(new OutboundGuard(new()).Permits(IPAddress.Parse(address)));

    [Theory]
    [InlineData("1.1.1.1")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.0")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.0")]
    [InlineData("192.167.255.255")]
    [InlineData("198.20.0.0")]
    [InlineData("223.255.255.255")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("64:ff9b::8.8.8.8")]
    [InlineData("2606:4700::1111")]
    [InlineData("2a00:1450::1")]
    public void A_public_address_is_permitted(string address) =>
        Assert.True(new OutboundGuard(new()).Permits(IPAddress.Parse(address)));

    [Theory]
    [InlineData("10.1.0.0/16", "10.1.2.3", true)]
    [InlineData("10.1.0.0/16", "10.2.0.1", false)]
    [InlineData("10.1.0.0/16", "::ffff:10.1.2.3", true)]
    [InlineData("10.1.0.0/16", "64:ff9b::10.1.2.3", true)]
    [InlineData("10.1.2.3", "10.1.2.3", true)]
    [InlineData("10.1.2.3", "10.1.2.4", false)]
    [InlineData("fd00::/8", "fd00::7", true)]
    [InlineData("fd00::/8", "fe80::7", false)]
    [InlineData("::1", "::1", true)]
    public void The_operator_can_permit_a_range(string range, string address, bool permitted) =>
        Assert.Equal(permitted, new OutboundGuard(new() { Allow = [range] }).Permits(IPAddress.Parse(address)));

    [Theory]
    [InlineData("10.0.0.0/33")]
    [InlineData("office")]
    [InlineData("")]
    [InlineData("10.0.0.0-10.0.0.9")]
    public void A_range_that_cannot_be_read_is_named(string range)
    {
        var options = new OutboundOptions { Allow = ["10.0.0.0/8", range] };

        Assert.StartsWith($"Carillon:Outbound:Allow:1 is '{range}'", Assert.Single(options.Faults()), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new OutboundGuard(options));
    }

    [Fact]
    public void Ranges_come_from_configuration()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("Outbound:Allow:0", "127.0.0.0/8"), new("Outbound:Allow:1", "fd00::/8")])
            .Build();

        Assert.Equal(["127.0.0.0/8", "fd00::/8"], configuration.GetSection("Outbound").Get<OutboundOptions>()!.Allow);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("2130706433")]
    [InlineData("0x7f000001")]
    [InlineData("0177.0.0.1")]
    [InlineData("127.1")]
    [InlineData("[::1]")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("0")]
    public async Task No_way_of_writing_a_host_leads_to_loopback(string host)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();

        var result = await new OutboundGuard(new()).ConnectAsync(host, Port(listener), Ct);

        Assert.IsType<DialResult.Refused>(result);
        Assert.False(listener.Pending());
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("2130706433")]
    public async Task A_permitted_address_is_connected(string host)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();

        var result = await Outbound.LoopbackGuard().ConnectAsync(host, Port(listener), Ct);

        using var socket = Assert.IsType<DialResult.Connected>(result).Socket;
        Assert.Equal(listener.LocalEndpoint, socket.RemoteEndPoint);
    }

    [Fact]
    public async Task A_port_nobody_listens_on_is_unavailable()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = Port(listener);
        listener.Stop();

        Assert.IsType<DialResult.Unavailable>(await Outbound.LoopbackGuard().ConnectAsync("127.0.0.1", port, Ct));
    }

    [Theory]
    [InlineData("no-such-host.invalid")]
    [InlineData("")]
    [InlineData("a b")]
    public async Task A_name_that_means_nothing_is_unavailable_or_refused(string host) =>
        Assert.IsNotType<DialResult.Connected>(await Outbound.LoopbackGuard().ConnectAsync(host, 80, Ct));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(65536)]
    public async Task A_number_that_is_no_port_is_refused(int port) =>
        Assert.IsType<DialResult.Refused>(await Outbound.LoopbackGuard().ConnectAsync("127.0.0.1", port, Ct));

    private static int Port(TcpListener listener) => ((IPEndPoint)listener.LocalEndpoint).Port;
}
