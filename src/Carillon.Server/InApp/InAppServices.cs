namespace Carillon.Server.InApp;

internal static class InAppServices
{
    extension(IServiceCollection services)
    {
        public void AddInApp()
        {
            services.AddScoped<Entrance>();
            services.AddScoped<InboxFeed>();
            services.AddScoped<Marking>();
            services.AddScoped<MarkNews>();
            services.AddScoped<PayloadSearch>();
        }
    }
}
