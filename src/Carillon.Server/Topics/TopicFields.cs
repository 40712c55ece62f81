using System.Text.Json;
using Carillon.Data.Topics;
using Carillon.Server.Http.Input;

namespace Carillon.Server.Topics;

/// <summary>What several routes of topics are sent.</summary>
internal static class TopicFields
{
    extension(Fields fields)
    {
        /// <summary>A topic's key or name: any text but none.</summary>
        public string TopicText(string name)
        {
            var field = fields[name].Defined().String();
            var text = field.Text;
            field.Must(field.TextOrNull is not "", $"{name} should not be empty");
            field.Must(text.Length <= Topic.LongestKey, $"{name} must be shorter than or equal to {Topic.LongestKey} characters");
            return text;
        }

        /// <summary>Subscribers by their own ids, each once. What is no text names nobody, which is the answer's to say.</summary>
        public IReadOnlyList<JsonElement> Members()
        {
            var field = fields["subscribers"].Defined().Array();
            return field.Json.ValueKind == JsonValueKind.Array
                ? [.. field.Json.EnumerateArray().DistinctBy(item => item.GetRawText())]
                : [];
        }
    }

    public static IReadOnlyList<string> Texts(IReadOnlyList<JsonElement> members) =>
        [.. members.Where(member => member.ValueKind == JsonValueKind.String).Select(member => member.GetString()!)];
}
