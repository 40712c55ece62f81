using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Carillon.Driving;
using Carillon.Tests.Support;
using MimeKit;

namespace Carillon.Contract.Mail;

/// <summary>A mail as the server took it.</summary>
internal sealed record KeptMail(string From, IReadOnlyList<string> To, string? User, bool Tls, MimeMessage Message, int Bytes);

/// <summary>
/// A mail server that is not ours, Debian's aiosmtpd, as a process of its own on loopback. A secure one insists on STARTTLS, and on the
/// account <c>ann</c>; <c>gone@</c> is refused, and <c>grey@</c> only at the first time.
/// </summary>
internal sealed class MailServer : IAsyncDisposable
{
    public const string Name = "mail.example.com";
    public const string User = "ann";
    public const string Password = "pä ss";

    // What apt installs its modules for; a python3 in front of it would not find them.
    private const string Python = "/usr/bin/python3";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("carillon-mail-");
    private Process? _process;

    public int Port { get; } = FreePort();

    /// <summary>What its clients have to trust, in PEM.</summary>
    public string? Authority { get; private set; }

    public static async Task<MailServer> StartAsync(bool secure = false)
    {
        var server = new MailServer();
        await server.RunAsync(secure ? await server.CertifyAsync() : []);
        return server;
    }

    /// <summary>Waits until there are so many, in the order in which they came.</summary>
    public async Task<IReadOnlyList<KeptMail>> MailsAsync(int count = 1)
    {
        await Wait.UntilAsync(() => Task.FromResult(Files().Count >= count), TimeSpan.FromSeconds(30));
        List<KeptMail> mails = [];
        foreach (var file in Files()) mails.Add(await ReadAsync(file));
        return mails;
    }

    public int Count => Files().Count;

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        _folder.Delete(recursive: true);
    }

    private List<string> Files() => [.. Directory.EnumerateFiles(_folder.FullName, "*.mail").Order(StringComparer.Ordinal)];

    private async Task RunAsync(string[] secure)
    {
        var script = Repository.Folder("tests", "Carillon.Contract", "Mail", "python", "server.py");
        _process = Process.Start(new ProcessStartInfo(Python, ["-W", "ignore", script, Port.ToString(CultureInfo.InvariantCulture), _folder.FullName, .. secure])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        Assert.Equal("ready", await _process.StandardOutput.ReadLineAsync());
    }

    private async Task<string[]> CertifyAsync()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={Name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(Name);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        Authority = certificate.ExportCertificatePem();

        string[] files = [Path.Combine(_folder.FullName, "certificate.pem"), Path.Combine(_folder.FullName, "key.pem")];
        await File.WriteAllTextAsync(files[0], Authority);
        await File.WriteAllTextAsync(files[1], key.ExportPkcs8PrivateKeyPem());
        return files;
    }

    private static async Task<KeptMail> ReadAsync(string file)
    {
        var bytes = await File.ReadAllBytesAsync(file);
        var end = Array.IndexOf(bytes, (byte)'\n');
        var about = JsonDocument.Parse(bytes.AsMemory(0, end)).RootElement;
        using var content = new MemoryStream(bytes, end + 1, bytes.Length - end - 1);
        return new(
            about.GetProperty("from").GetString()!,
            [.. about.GetProperty("to").EnumerateArray().Select(to => to.GetString()!)],
            about.GetProperty("user").GetString(),
            about.GetProperty("tls").GetBoolean(),
            await MimeMessage.LoadAsync(content),
            bytes.Length - end - 1);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
