using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Carillon.Data;

namespace Carillon.Server.Http.Input;

/// <summary>
/// One member of a request and the rules for it. Each rule notes its own complaint, also when an earlier one failed; only a
/// field that is optional and absent or null is asked nothing. What a wrong field is read as does not matter: nobody sees it.
/// </summary>
internal readonly struct Field
{
    private readonly Fields _fields;
    private readonly string _name;
    private readonly JsonElement _value;
    private readonly bool _skipped;

    public Field(Fields fields, string name, JsonElement value, bool skipped = false)
    {
        _fields = fields;
        _name = name;
        _value = value;
        _skipped = skipped;
    }

    public bool IsAbsent => _value.ValueKind == JsonValueKind.Undefined;

    /// <summary>Absent or null.</summary>
    public bool IsNothing => _value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null;

    public string Text => IsString ? _value.GetString()! : "";

    public string? TextOrNull => IsString ? _value.GetString() : null;

    public bool? Truth => _value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String when _fields.IsText && Text is "true" or "false" => Text == "true",
        _ => null,
    };

    /// <summary>Not a number where it is none.</summary>
    public double Number => _value.ValueKind switch
    {
        JsonValueKind.Number => _value.GetDouble(),
        JsonValueKind.String when _fields.IsText => JavaScriptNumber.Parse(Text),
        _ => double.NaN,
    };

    public double? NumberOrNull => double.IsNaN(Number) ? null : Number;

    public JsonElement Json => _value;

    public JsonElement? JsonOrNull => IsNothing ? null : _value;

    public IReadOnlyList<string> Texts => TextsOrNull ?? [];

    public IReadOnlyList<string>? TextsOrNull =>
        IsArray ? [.. _value.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)] : null;

    public bool IsListOfTexts => IsArray && _value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String);

    private bool IsString => _value.ValueKind == JsonValueKind.String;
    private bool IsArray => _value.ValueKind == JsonValueKind.Array;
    private bool IsObject => _value.ValueKind == JsonValueKind.Object;
    private int Count => IsArray ? _value.GetArrayLength() : -1;

    /// <summary>Nothing is asked of it when it is absent or null.</summary>
    public Field Optional() => new(_fields, _name, _value, skipped: IsNothing);

    public Field Defined() => Rule(!IsNothing, "should not be null or undefined");

    public Field NotEmpty() => Rule(!IsNothing && !(IsString && Text.Length == 0), "should not be empty");

    public Field String() => Rule(IsString, "must be a string");

    public Field Bool() => Rule(Truth is not null, "must be a boolean value");

    public Field Object() => Rule(IsObject, "must be an object");

    public Field Array() => Rule(IsArray, "must be an array");

    public Field Email() => Rule(IsString && Formats.IsEmail(Text), "must be an email");

    public Field Locale() => Rule(IsString && Formats.IsLocale(Text), "must be locale");

    public Field Timezone() => Rule(IsString && Formats.IsTimezone(Text), "must be an IANA time zone");

    public Field Url() => Rule(IsString && Formats.IsUrl(Text), "must be a URL address");

    public Field MongoId() => Rule(IsString && Ids.IsId(Text), "must be a mongodb id");

    public Field OneOf(params IReadOnlyList<string> values) =>
        Rule(IsString && values.Contains(Text), $"must be one of the following values: {string.Join(", ", values)}");

    public Field Matches(Regex pattern, string message) => IsString && pattern.IsMatch(Text) ? this : Complain(message);

    public Field MinLength(int length) =>
        Rule(IsString && Text.Length >= length, $"must be longer than or equal to {length} characters");

    public Field MaxLength(int length) =>
        Rule(IsString && Text.Length <= length, $"must be shorter than or equal to {length} characters");

    public Field Integer() => Rule(double.IsInteger(Number), "must be an integer number");

    /// <summary>A number, whole or not.</summary>
    public Field AnyNumber() => Rule(double.IsFinite(Number), "must be a number conforming to the specified constraints");

    /// <summary>Also complains about what is no number at all.</summary>
    public Field Min(double least) => Rule(Number >= least, $"must not be less than {Shown(least)}");

    /// <summary>Also complains about what is no number at all.</summary>
    public Field Max(double most) => Rule(Number <= most, $"must not be greater than {Shown(most)}");

    /// <summary>Like <see cref="Min"/>, but silent about what is no number, which another rule says.</summary>
    public Field NotLess(double least) => double.IsNaN(Number) ? this : Min(least);

    /// <summary>Like <see cref="Max"/>, but silent about what is no number, which another rule says.</summary>
    public Field NotGreater(double most) => double.IsNaN(Number) ? this : Max(most);

    public Field ArrayNotEmpty() => Rule(Count > 0, "should not be empty");

    public Field ArrayMaxSize(int size) => Rule(IsArray && Count <= size, $"must contain no more than {size} elements");

    /// <summary>Like <see cref="ArrayMaxSize"/>, but silent about what is no list, which another rule says.</summary>
    public Field NotLonger(int size) => Rule(Count <= size, $"must contain no more than {size} elements");

    public Field EachString() => Each(item => item.ValueKind == JsonValueKind.String, "must be a string");

    public Field EachMongoId() => Each(item => item.ValueKind == JsonValueKind.String && Ids.IsId(item.GetString()), "must be a mongodb id");

    public Field EachOneOf(params IReadOnlyList<string> values) => Each(
        item => item.ValueKind == JsonValueKind.String && values.Contains(item.GetString()!),
        $"must be one of the following values: {string.Join(", ", values)}");

    /// <summary>A rule in words of its own; <paramref name="message"/> is the whole complaint.</summary>
    public Field Must(bool holds, string message) => holds ? this : Complain(message);

    /// <summary>Reads each element with its own rules, whose complaints name its place: <c>subscribers.0.email …</c>.</summary>
    public IReadOnlyList<T> Items<T>(Func<Fields, T> read)
    {
        if (_skipped || IsNothing) return [];
        if (!IsArray) return Nested<T>($"nested property {_name} must be either object or array");

        var fields = _fields;
        var name = _name;
        return _value.EnumerateArray().All(item => item.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
            ? [.. _value.EnumerateArray().Select((item, index) => read(fields.Inside($"{name}.{index.ToString(CultureInfo.InvariantCulture)}", item)))]
            : Nested<T>($"each value in nested property {_name} must be either object or array");
    }

    /// <summary>Reads an object in the object; null where there is none.</summary>
    public T? Nested<T>(Func<Fields, T> read)
        where T : class
    {
        if (_skipped || IsNothing) return null;
        if (IsObject) return read(_fields.Inside(_name, _value));

        Complain($"nested property {_name} must be either object or array");
        return null;
    }

    /// <summary>Asks an object in the object its rules, and takes it over as it came.</summary>
    public JsonElement? Checked(Action<Fields> check)
    {
        Nested(fields =>
        {
            check(fields);
            return fields;
        });
        return JsonOrNull;
    }

    private IReadOnlyList<T> Nested<T>(string complaint)
    {
        Complain(complaint);
        return [];
    }

    // What is no array is judged as if it were its only element: that it is none, another rule says.
    private Field Each(Func<JsonElement, bool> holds, string complaint) =>
        (IsArray ? _value.EnumerateArray().All(holds) : holds(_value)) ? this : Complain($"each value in {_name} {complaint}");

    private Field Rule(bool holds, string complaint) => holds || _skipped ? this : Complain($"{_name} {complaint}");

    private Field Complain(string complaint)
    {
        if (!_skipped) _fields.Complain(complaint);
        return this;
    }

    private static string Shown(double number) => number.ToString(CultureInfo.InvariantCulture);
}
