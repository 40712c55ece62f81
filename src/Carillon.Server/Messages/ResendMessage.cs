using Carillon.Engine.Running;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Carillon.Server.Http.Views;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Carillon.Server.Messages;

/// <summary>Tries the step of one failed message again. A route of our own.</summary>
internal static class ResendMessage
{
    public static async Task<Results<Answer<ResendView>, Problem>> Handle(MongoId messageId, Resend resend, CancellationToken ct) =>
        ResendView.Of(await resend.OfMessageAsync(messageId, ct), $"Message with id {messageId}");
}
