using Carillon.Server.Http.Access;
using Carillon.Server.Http.RateLimits;

namespace Carillon.Server.Events;

/// <summary>Every route under /v1/events: what an application calls to have somebody notified.</summary>
internal static class EventEndpoints
{
    extension(IEndpointRouteBuilder api)
    {
        public void MapEvents()
        {
            var events = api.MapGroup("/events").WithTags("Events").RequireKeyOrUser().DrawsFrom(RateCategory.Trigger);

            events.MapPost("/trigger", TriggerEvent.Handle).WithSummary("Trigger a workflow");
            events.MapPost("/trigger/bulk", TriggerEvents.Handle).CostsBulk().WithSummary("Trigger up to 100 workflows at once");
            events.MapPost("/trigger/broadcast", BroadcastEvent.Handle).CostsBulk().WithSummary("Trigger a workflow for every subscriber");
            events.MapPost("/test/email", SendTestEmail.Handle).RequireUser().ExcludeFromDescription();
            events.MapPost("/test/step", SendTestStep.Handle).WithSummary("Send one step of a workflow at once, to try it out");
            events.MapGet("/trigger/{transactionId}", GetEvent.Handle).WithSummary("See how far a triggered event has come");
            events.MapDelete("/trigger/{transactionId}", CancelEvent.Handle).WithSummary("Stop what has not been sent yet");
        }
    }
}
