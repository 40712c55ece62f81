using System.Runtime.InteropServices;
using System.Text.Json;

namespace Carillon.Engine.Templating.Values;

internal enum Kind : byte { Undefined, Null, Boolean, Number, String, Array, Object }

/// <summary>
/// A value as a template sees it: JSON left where it was parsed, or something computed. It behaves as in JavaScript
/// and leads nowhere but to JSON: no member of a .NET type can be reached through it.
/// </summary>
public readonly struct TemplateValue
{
    private readonly object? _reference;
    private readonly JsonElement _json;
    private readonly double _number;

    private TemplateValue(Kind kind, object? reference = null, JsonElement json = default, double number = 0)
    {
        Kind = kind;
        _reference = reference;
        _json = json;
        _number = number;
    }

    public static TemplateValue Null { get; } = new(Kind.Null);

    internal Kind Kind { get; }

    public bool IsUndefined => Kind == Kind.Undefined;

    /// <summary>Undefined or null: prints nothing.</summary>
    internal bool IsNothing => Kind <= Kind.Null;

    internal double Number => _number;

    internal bool Boolean => _number != 0;

    /// <summary>Of a string only.</summary>
    internal string Text => _reference as string ?? JsonText.Decode(_json);

    internal JsonElement? Json => _reference is null && _json.ValueKind != JsonValueKind.Undefined ? _json : null;

    internal TemplateObject? Members => _reference as TemplateObject;

    internal TemplateValue[]? Items => _reference as TemplateValue[];

    /// <summary>The bytes it takes as JSON, a measure of what reading it costs.</summary>
    internal int Weight => _reference switch
    {
        string text => text.Length,
        TemplateValue[] items => items.Length * 8,
        _ => _json.ValueKind is JsonValueKind.Undefined ? 1 : JsonMarshal.GetRawUtf8Value(_json).Length,
    };

    public static implicit operator TemplateValue(string? text) => text is null ? Null : new(Kind.String, text);

    public static implicit operator TemplateValue(bool value) => new(Kind.Boolean, number: value ? 1 : 0);

    public static implicit operator TemplateValue(double value) => new(Kind.Number, number: value);

    public static implicit operator TemplateValue(TemplateObject? value) => value is null ? Null : new(Kind.Object, value);

    public static implicit operator TemplateValue(JsonElement value) => Of(value);

    public static implicit operator TemplateValue(JsonElement? value) => value is { } json ? Of(json) : default;

    public static TemplateValue ListOf(IEnumerable<TemplateValue> items) => new(Kind.Array, items.ToArray());

    public static TemplateValue Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => Null,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => value.GetDouble(),
        JsonValueKind.String => new(Kind.String, json: value),
        JsonValueKind.Array => new(Kind.Array, json: value),
        JsonValueKind.Object => new(Kind.Object, json: value),
        _ => default,
    };

    internal int ArrayLength => Items?.Length ?? _json.GetArrayLength();

    internal TemplateValue Item(int index) => Items is { } items ? items[index] : Of(_json[index]);

    /// <summary>An own member as JavaScript has it: of objects, and <c>length</c> and the places of arrays and strings.</summary>
    internal TemplateValue Member(PathPart part) => Kind switch
    {
        Kind.Object => Members is { } members ? members.Member(part) : JsonText.Member(_json, part),
        Kind.Array when part.Index >= 0 => part.Index < ArrayLength ? Item(part.Index) : default,
        Kind.Array when part.Name == "length" => ArrayLength,
        Kind.String when part.Index >= 0 => Text is var text && part.Index < text.Length ? text[part.Index].ToString() : default(TemplateValue),
        Kind.String when part.Name == "length" => Text.Length,
        _ => default,
    };

    /// <summary>The elements of an array; of anything else none.</summary>
    internal IEnumerable<TemplateValue> Elements()
    {
        if (Items is { } items)
            return items;
        return Kind == Kind.Array ? _json.EnumerateArray().Select(Of) : [];
    }

    /// <summary>The same object or array, not an equal one.</summary>
    internal bool IsSameReferenceAs(in TemplateValue other)
    {
        if (_reference is not null || other._reference is not null)
            return ReferenceEquals(_reference, other._reference);
        return JsonMarshal.GetRawUtf8Value(_json) == JsonMarshal.GetRawUtf8Value(other._json);
    }
}
