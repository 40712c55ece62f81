using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Carillon.Data.Mapping;

/// <summary>Documents inside rows are JSON text, the same on both databases, read and written as a whole.</summary>
public static class JsonColumn
{
    /// <summary>How documents are stored. Relaxed escaping keeps text readable and short; nothing here is ever put into HTML.</summary>
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    public static T Read<T>(string text) => JsonSerializer.Deserialize<T>(text, Options)!;

    extension<T>(PropertyBuilder<T> property)
    {
        public PropertyBuilder<T> AsJson() => property.HasConversion(
            value => Write(value),
            text => Read<T>(text),
            new ValueComparer<T>(
                (left, right) => Write(left) == Write(right),
                value => Write(value).GetHashCode(StringComparison.Ordinal),
                value => Read<T>(Write(value))));
    }
}
