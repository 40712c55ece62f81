using Carillon.Server.Http;
using Carillon.Server.Http.Access;
using Carillon.Server.Http.Answers;

namespace Carillon.Server.Unsubscribe;

/// <summary>How people leave a workflow's mails by the link in one of them: /v1/unsubscribe.</summary>
internal static class UnsubscribeEndpoints
{
    extension(IEndpointRouteBuilder api)
    {
        public void MapUnsubscribe()
        {
            var link = api.MapGroup("/unsubscribe/{token}")
                .Public("People come from a mail, without credentials: the link is signed.")
                .HasSecretPath()
                .NoStore()
                .ExcludeFromDescription();

            link.MapGet("/", ShowUnsubscribe.Handle).TellsPeople("This link is not valid");
            link.MapPost("/", DoUnsubscribe.Handle).Answers(200).TellsPeople("This link is not valid");
        }
    }
}
