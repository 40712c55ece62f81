using System.Text.Json.Serialization;
using Carillon.Server.Http.Answers;

namespace Carillon.Server.Workflows;

/// <summary>What templates can use besides the payload, and of which type it is.</summary>
internal static class ListVariables
{
    private const string Text = "string";

    private static readonly Person Somebody = new(Text, Text, Text, Text, Text, Text, Text);

    private static readonly Variables All = new(
        new(),
        new(
            Somebody,
            Somebody,
            new("boolean", "array", "number"),
            new(Text, Text),
            new(Text, "object")));

    public static Answer<Variables> Handle() => Answer.Of(All);

    internal sealed record Variables(Translations Translations, SystemVariables System);

    internal sealed record Translations;

    internal sealed record SystemVariables(Person Subscriber, Person Actor, Step Step, Brand Branding, Tenant Tenant);

    internal sealed record Person(
        string FirstName, string LastName, string Email, string Phone, string Avatar, string Locale, string SubscriberId);

    internal sealed record Step(string Digest, string Events, [property: JsonPropertyName("total_count")] string TotalCount);

    internal sealed record Brand(string Logo, string Color);

    internal sealed record Tenant(string Name, string Data);
}
