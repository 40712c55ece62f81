using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Carillon.Server.Configuration;

namespace Carillon.Server.InboundParse.Smtp;

/// <summary>What the line is encrypted with, where the operator has a certificate. One that was renewed is used without a restart.</summary>
internal sealed class MailCertificate(InboundMailOptions options)
{
    private readonly Lock _lock = new();
    private SslStreamCertificateContext? _context;
    private DateTime _writtenAt;

    public bool IsThere => options.Certificate is not null;

    public async Task<Stream> EncryptAsync(Stream stream, CancellationToken ct)
    {
        var encrypted = new SslStream(stream, leaveInnerStreamOpen: false);
        await encrypted.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificateContext = Context() }, ct);
        return encrypted;
    }

    private SslStreamCertificateContext Context()
    {
        lock (_lock)
        {
            var writtenAt = File.GetLastWriteTimeUtc(options.Certificate!);
            if (_context is null || writtenAt != _writtenAt) (_context, _writtenAt) = (Load(), writtenAt);
            return _context;
        }
    }

    private SslStreamCertificateContext Load()
    {
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(options.Certificate!);
        return SslStreamCertificateContext.Create(X509Certificate2.CreateFromPemFile(options.Certificate!, options.CertificateKey), chain, offline: true);
    }
}
