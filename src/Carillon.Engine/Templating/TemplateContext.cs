using System.Text.Json;
using Carillon.Engine.Templating.Values;

namespace Carillon.Engine.Templating;

/// <summary>
/// What a message template sees: the payload's members, and over them the names of the system, which win.
/// The payload is not copied, so a context per recipient costs one small object: <c>context with { Subscriber = … }</c>.
/// </summary>
public sealed record TemplateContext(JsonElement Payload)
{
    private TemplateObject? _root;

    public TemplateValue Subscriber { get; init; }

    /// <summary>See <see cref="StepOf"/>.</summary>
    public TemplateValue Step { get; init; } = NoDigest;

    public TemplateValue Tenant { get; init; }
    public TemplateValue Actor { get; init; }

    /// <summary>See <see cref="BrandingOf"/>; only in-app and e-mail templates have it.</summary>
    public TemplateValue Branding { get; init; }

    /// <summary>Where its recipient says what they want; only e-mail templates have it, and a payload may bring its own.</summary>
    public PersonalLinks? Links { get; init; }

    /// <summary>Names that win over everything else, as <c>subject</c> and <c>body</c> in a layout.</summary>
    public TemplateMap? Overlay { get; init; }

    /// <summary>Whether values are printed as they are, because nothing of it ever becomes HTML.</summary>
    public bool PrintsPlain { get; init; }

    public static TemplateValue NoDigest { get; } = StepOf(false, [], 0);

    public static TemplateValue StepOf(bool digest, IEnumerable<JsonElement> events, int totalCount, string? replyToAddress = null) =>
        new TemplateMap(
            ("digest", digest),
            ("events", TemplateValue.ListOf(events.Select(TemplateValue.Of))),
            ("total_count", totalCount),
            ("reply_to_address", replyToAddress is null ? default : (TemplateValue)replyToAddress));

    public static TemplateValue BrandingOf(string? logo, string? color) =>
        new TemplateMap(("logo", logo is null ? default : (TemplateValue)logo), ("color", string.IsNullOrEmpty(color) ? "#f47373" : color));

    internal TemplateValue Root => _root ??= new RootObject(this);

    // A copy sees other values, so it needs another root.
    private TemplateContext(TemplateContext original)
    {
        Payload = original.Payload;
        Subscriber = original.Subscriber;
        Step = original.Step;
        Tenant = original.Tenant;
        Actor = original.Actor;
        Branding = original.Branding;
        Links = original.Links;
        Overlay = original.Overlay;
        PrintsPlain = original.PrintsPlain;
    }

    private sealed class RootObject(TemplateContext context) : TemplateObject
    {
        private static readonly string[] SystemNames = ["subscriber", "step", "tenant", "actor", "branding"];

        public override TemplateValue Member(string name) => Member(new PathPart(name));

        internal override TemplateValue Member(PathPart part)
        {
            if (context.Overlay?.Member(part.Name) is { IsUndefined: false } overlaid)
                return overlaid;
            var known = System(part.Name);
            if (!known.IsUndefined)
                return known;
            var given = context.Payload.ValueKind == JsonValueKind.Object ? JsonText.Member(context.Payload, part) : default;
            return given.IsUndefined && context.Links is { } links ? links.Member(part.Name) : given;
        }

        public override IEnumerable<KeyValuePair<string, TemplateValue>> Members()
        {
            var payload = context.Payload.ValueKind == JsonValueKind.Object ? JsonText.Members(context.Payload) : [];
            var own = SystemNames.Select(name => KeyValuePair.Create(name, System(name)));
            return (context.Links?.Members() ?? []).Concat(payload).Concat(own).Concat(context.Overlay?.Members() ?? [])
                .Where(member => !member.Value.IsUndefined)
                .GroupBy(member => member.Key, (_, members) => members.Last());
        }

        private TemplateValue System(string name) => name switch
        {
            "subscriber" => context.Subscriber,
            "step" => context.Step,
            "tenant" => context.Tenant,
            "actor" => context.Actor,
            "branding" => context.Branding,
            _ => default,
        };
    }
}
