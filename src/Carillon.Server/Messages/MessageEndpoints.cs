using Carillon.Server.Http.Access;

namespace Carillon.Server.Messages;

/// <summary>Every route under /v1/messages.</summary>
internal static class MessageEndpoints
{
    extension(IEndpointRouteBuilder api)
    {
        public void MapMessages()
        {
            var messages = api.MapGroup("/messages").WithTags("Messages").RequireKeyOrUser();

            messages.MapGet("/", ListMessages.Handle);
            messages.MapDelete("/{messageId}", DeleteMessage.Handle);
            messages.MapPost("/{messageId}/resend", ResendMessage.Handle).WithSummary("Try a failed message again");
            messages.MapDelete("/transaction/{transactionId}", DeleteTransactionMessages.Handle);
        }
    }
}
