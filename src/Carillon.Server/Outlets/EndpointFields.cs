using Carillon.Data.Outgoing;
using Carillon.Providers.Http;
using Carillon.Server.Http.Input;

namespace Carillon.Server.Outlets;

/// <summary>What an endpoint is made of, as clients write it.</summary>
internal static class EndpointFields
{
    private const int LongestText = 2_000;

    public static string Url(Field url) => url.String().MaxLength(LongestText)
        .Must(OutboundUrl.Parse(url.TextOrNull ?? "") is not null, "url must be an http or https URL without credentials").Text;

    public static string? Description(Fields fields) => fields["description"].Optional().String().MaxLength(LongestText).TextOrNull;

    /// <summary>Null where nothing is said.</summary>
    public static IReadOnlyList<string>? Types(Fields fields)
    {
        var types = fields["types"].Optional();
        if (types.IsNothing) return null;

        var texts = types.EachString();
        return texts.Must(
            texts.Texts.All(EventTypes.All.Contains), $"each value in types must be one of the following values: {string.Join(", ", EventTypes.All)}").Texts;
    }
}
