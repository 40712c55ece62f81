using Carillon.Server.Configuration;

namespace Carillon.Server.Mail;

/// <summary>Runs the postman beside the API, where there is an account to send through.</summary>
internal sealed class PostOffice(MailOptions options, Postman postman) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        options.IsSet ? Task.Run(() => postman.RunAsync(stoppingToken), CancellationToken.None) : Task.CompletedTask;
}

internal static class MailServices
{
    extension(IServiceCollection services)
    {
        /// <param name="sends">Whether this process sends what waits.</param>
        public void AddMail(bool sends)
        {
            if (sends) services.AddHostedService<PostOffice>();
            services.AddSingleton<DashboardLinks>();
            services.AddSingleton<Postman>();
            services.AddSingleton<SystemAccount>();
            services.AddSingleton<SystemMail>();
        }
    }
}
