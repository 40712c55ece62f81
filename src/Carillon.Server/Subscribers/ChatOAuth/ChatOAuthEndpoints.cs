using Carillon.Server.Http.Access;
using Carillon.Server.Http;
using Carillon.Server.Http.Answers;

namespace Carillon.Server.Subscribers.ChatOAuth;

/// <summary>How a person connects a chat workspace: they follow a link of their application, agree there, and are sent back.</summary>
internal static class ChatOAuthEndpoints
{
    extension(IServiceCollection services)
    {
        public void AddChatOAuth()
        {
            services.AddScoped<ChatAccounts>();
            services.AddScoped<FinishChatOAuth>();
            services.AddScoped<LinkSignature>();
            services.AddSingleton<ChatProviders>();
            services.AddSingleton<ChatStates>();
            services.AddSingleton<DiscordOAuth>();
            services.AddSingleton<SlackOAuth>();
        }
    }

    extension(IEndpointRouteBuilder api)
    {
        public void MapChatOAuth()
        {
            var oauth = api.MapGroup("/subscribers/{subscriberId}/credentials/{providerId}/oauth")
                .WithTags("Subscribers")
                .Public("People come from a link, without credentials: the link is signed, and so is the state they come back with.")
                .NoStore();

            oauth.MapGet("/", StartChatOAuth.Handle);
            oauth.MapGet("/callback", FinishChatOAuth.Handle).TellsPeople("Chat could not be connected");

            api.MapGet($"/subscribers/credentials/{DiscordOAuth.Id}/oauth/callback", FinishDiscordOAuth.Handle)
                .WithTags("Subscribers")
                .Public("People come back from Discord with a signed state.")
                .NoStore()
                .TellsPeople("Chat could not be connected");
        }
    }
}
