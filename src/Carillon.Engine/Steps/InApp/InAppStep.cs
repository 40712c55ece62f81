using System.Text.Json;
using Carillon.Data.Execution;
using Carillon.Data.Mapping;
using Carillon.Data.Workflows;
using Carillon.Engine.Running;
using Carillon.Engine.Templating;

namespace Carillon.Engine.Steps.InApp;

/// <summary>Puts an item into the subscriber's inbox. Nothing leaves the process: the commit is the delivery.</summary>
public sealed class InAppStep(Templates templates) : IStepHandler
{
    public string Type => "in_app";
    public bool LeavesTheProcess => false;

    public StepOutcome Decide(RunWork work)
    {
        if (work.Subject.Select(Type) is not { } integration) return new StepOutcome.Failed(Detail.NoActiveIntegration);

        var words = new Words(templates, work);
        var template = work.Step.Template;
        var cta = new InAppCta(words);
        var parts = new MessageParts
        {
            Content = InAppContent.Of(words.Render("content", Text(template.Content)) ?? "", template.ContentType),
            Cta = cta.Render(template.Cta),
            FeedId = template.FeedId,
            ActorId = ShowsActor(template) ? work.Subject.Actor?.Id : null,
        };
        if (words.Error is { } error) return new StepOutcome.Failed(Detail.ContentNotGenerated, JsonColumn.Write(new { error }));

        if (cta.LeftOut.Count > 0) work.Note(Detail.LinkLeftOut, JsonColumn.Write(new { links = cta.LeftOut }));
        work.Note(Detail.MessageCreated);
        work.Note(Detail.MessageSent);
        return new StepOutcome.Completed(parts.ToMessage(work, integration.ProviderId));
    }

    private static string Text(JsonElement? content) => content is { ValueKind: JsonValueKind.String } text ? text.GetString()! : "";

    private static bool ShowsActor(StepTemplate template) =>
        template.Actor is { ValueKind: JsonValueKind.Object } actor
        && actor.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.GetString() != "none";
}
