using Carillon.Data.Hints;
using Carillon.Data.Messages;

namespace Carillon.Engine.Running;

internal static class InboxHints
{
    extension(IHints hints)
    {
        /// <summary>Of a message that may have been written. Who hears of it looks; if it was not, there is nothing to see.</summary>
        public void TellMessage(Message message)
        {
            if (message.Channel == Message.InApp) hints.TellInboxChanged(new(message.SubscriberId, InboxCounts.Both, message.Id));
        }
    }
}
