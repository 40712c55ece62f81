using System.Reflection;
using Carillon.Engine;
using Carillon.Engine.Chores;
using Carillon.Providers.Http;
using Carillon.Server.Configuration;
using Carillon.Server.Http.Idempotency;
using Carillon.Server.Http.RateLimits;
using Carillon.Server.Http.Telemetry;
using Carillon.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Carillon.Tests.Server;

public sealed class ConfigurationTests
{
    public static TheoryData<Type, string> Sections => new()
    {
        { typeof(ServerOptions), ServerOptions.Section },
        { typeof(OutboundOptions), "Carillon:Outbound" },
        { typeof(ChatOAuthOptions), ChatOAuthOptions.Section },
        { typeof(SlackOptions), SlackOptions.Section },
        { typeof(BlueprintOptions), BlueprintOptions.Section },
        { typeof(InboundMailOptions), InboundMailOptions.Section },
        { typeof(DiscordOptions), DiscordOptions.Section },
        { typeof(MailOptions), MailOptions.Section },
        { typeof(StorageOptions), StorageOptions.Section },
        { typeof(S3Options), S3Options.Section },
        { typeof(RateLimitOptions), RateLimitOptions.Section },
        { typeof(RetentionOptions), "Carillon:Retention" },
        { typeof(EngineOptions), "Carillon:Engine" },
        { typeof(IdempotencyOptions), IdempotencyOptions.Section },
        { typeof(MetricsOptions), MetricsOptions.Section },
    };

    [Theory, MemberData(nameof(Sections))]
    public void Every_option_is_documented_with_its_default(Type options, string section)
    {
        var lines = File.ReadAllLines(Repository.Folder("docs", "configuration.md"));
        var defaults = Activator.CreateInstance(options);

        Assert.All(options.GetProperties(BindingFlags.Public | BindingFlags.Instance), option =>
        {
            var line = Assert.Single(lines, line => line.StartsWith($"| `{section}:{option.Name}` |", StringComparison.Ordinal));
            if (option.GetValue(defaults) is bool or int or TimeSpan)
                Assert.Contains($"| `{option.GetValue(defaults)}` |", line, StringComparison.OrdinalIgnoreCase);
        });
    }

    [Theory]
    [InlineData("Carillon:Secret", "short", "Carillon:Secret must have at least 32 characters")]
    [InlineData("Carillon:PublicUrl", "nowhere", "Carillon:PublicUrl must be an absolute http(s) address")]
    [InlineData("Carillon:Blueprints:OrganizationId", "mine", "Carillon:Blueprints:OrganizationId must be the id of an organization")]
    [InlineData("Carillon:InboundMail:NameServers:0", "dns", "Carillon:InboundMail:NameServers must list addresses")]
    [InlineData("Carillon:InboundMail:Port", "25", "Carillon:InboundMail:Domain is required where mail is received")]
    [InlineData("Carillon:InboundMail:Port", "70000", "Carillon:InboundMail:Port must be from 0 to 65535")]
    [InlineData("Carillon:InboundMail:Certificate", "/nowhere.pem", "Carillon:InboundMail:Certificate and CertificateKey belong together")]
    [InlineData("Carillon:InboundMail:Address", "here", "Carillon:InboundMail:Address must be an address of this machine")]
    [InlineData("Carillon:DashboardUrl", "nowhere", "Carillon:DashboardUrl must be an absolute http(s) address")]
    [InlineData("Carillon:Mail:Host", "mail.example.com", "Carillon:Mail:From must be a mail address")]
    [InlineData("Carillon:Mail:Host", "no host", "Carillon:Mail:Host must be the name or the address of a mail server")]
    [InlineData("Carillon:Mail:Port", "0", "Carillon:Mail:Port must be a number from 1 to 65535")]
    [InlineData("Carillon:Mail:User", "somebody", "Carillon:Mail:User and Carillon:Mail:Password must be set together")]
    [InlineData("Carillon:Storage:MaxBytes", "1", "Carillon:Storage:MaxBytes must be a number from 1024")]
    [InlineData("Carillon:S3:Bucket", "pictures", "Carillon:S3:AccessKey and Carillon:S3:SecretKey must be set with Carillon:S3:Bucket")]
    [InlineData("Carillon:S3:Endpoint", "nowhere", "Carillon:S3:Endpoint must be an absolute http(s) address")]
    [InlineData("Carillon:Outbound:Allow:0", "office", "Carillon:Outbound:Allow:0 is 'office'")]
    [InlineData("Carillon:Roles", "api,worker", "Carillon:Roles must be some of api,engine,sockets, separated by commas, but is 'api,worker'")]
    [InlineData("roles", "", "Carillon:Roles must be some of api,engine,sockets")]
    [InlineData("Carillon:KnownProxies:0", "me", "Carillon:KnownProxies must list addresses or ranges")]
    [InlineData("Carillon:RateLimits:Trigger", "0", "Carillon:RateLimits:Trigger must be a number from 1 to 1000000")]
    [InlineData("Carillon:Engine:Lease", "00:00:59", "Carillon:Engine:Lease must be at least twice as long as Carillon:Engine:SendTimeout")]
    [InlineData("Carillon:Engine:Integrations:sms:PerSecond", "0", "Carillon:Engine:Integrations:sms:PerSecond must be more than nothing")]
    [InlineData("Carillon:Engine:Integrations:sms:AtOnce", "0", "Carillon:Engine:Integrations:sms:AtOnce must be between 1 and 1000")]
    [InlineData("Carillon:Engine:BreakTime", "00:00:00", "Carillon:Engine:BreakTime must be longer than nothing")]
    [InlineData("Carillon:Retention:Messages", "0", "Carillon:Retention:Messages must be a number of days")]
    public void What_is_wrong_is_said_by_name_before_the_server_starts(string option, string value, string message)
    {
        var builder = WebApplication.CreateBuilder([$"--{option}={value}"]);
        builder.AddSettings();
        using var services = builder.Services.BuildServiceProvider();

        var failure = Assert.ThrowsAny<Exception>(services.GetRequiredService<IStartupValidator>().Validate);

        Assert.Contains(message, failure.ToString(), StringComparison.Ordinal);
    }
}
