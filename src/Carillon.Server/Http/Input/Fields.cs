using System.Text.Json;
using Carillon.Server.Http.Answers;

namespace Carillon.Server.Http.Input;

/// <summary>
/// The members of a body, of an object in it, or of a query. Complaints collect in the order in which fields are asked for,
/// and within a field in the order of its rules, because clients compare the list as a whole.
/// </summary>
internal sealed class Fields
{
    // Far beyond any list, and still small enough to be multiplied by the size of a page.
    public const int LastPage = 1_000_000;

    private static readonly JsonElement Nothing = JsonSerializer.SerializeToElement(new object());

    private readonly JsonElement _content;
    private readonly List<string> _complaints;
    private readonly string _prefix;
    private readonly ICollection<string>? _asked;

    public Fields(JsonElement content, bool isText = false)
        : this(content, [], "", isText)
    {
    }

    /// <summary>Nothing at all, to find out what is asked for.</summary>
    public Fields(ICollection<string> asked, bool isText)
        : this(Nothing, isText) =>
        _asked = asked;

    private Fields(JsonElement content, List<string> complaints, string prefix, bool isText)
    {
        _content = content;
        _complaints = complaints;
        _prefix = prefix;
        IsText = isText;
    }

    /// <summary>In a query everything is text; numbers and booleans are read from it.</summary>
    public bool IsText { get; }

    public Problem? Problem => _complaints switch
    {
        { Count: > 0 } => Problem.BadRequest(_complaints),
        _ when _content.ValueKind != JsonValueKind.Object => Problem.BadRequest(["body must be an object"]),
        _ => null,
    };

    /// <summary>The whole object, for what is kept as it came.</summary>
    public JsonElement Content => _content;

    public Field this[string name]
    {
        get
        {
            _asked?.Add(name);
            return new(this, name, Find(name));
        }
    }

    public bool Has(string name) => Find(name).ValueKind != JsonValueKind.Undefined;

    public string RequiredString(string name) => this[name].Defined().String().Text;

    /// <summary>A string that is there and not empty.</summary>
    public string NonEmptyString(string name) => this[name].NotEmpty().String().Text;

    public string? OptionalString(string name) => this[name].Optional().String().TextOrNull;

    public string RequiredEmail(string name) => this[name].Defined().Email().Text;

    public string? OptionalEmail(string name) => this[name].Optional().Email().TextOrNull;

    public string? OptionalLocale(string name) => this[name].Optional().Locale().TextOrNull;

    public string? OptionalTimezone(string name) => this[name].Optional().Timezone().TextOrNull;

    public bool RequiredBool(string name) => this[name].Defined().Bool().Truth ?? false;

    public bool? OptionalBool(string name) => this[name].Optional().Bool().Truth;

    public JsonElement RequiredObject(string name) => this[name].Defined().Object().Json;

    public JsonElement? OptionalObject(string name) => this[name].Optional().Object().JsonOrNull;

    public string RequiredMongoId(string name) => this[name].Defined().MongoId().Text;

    public string? OptionalMongoId(string name) => this[name].Optional().MongoId().TextOrNull;

    public IReadOnlyList<string>? OptionalStrings(string name) => this[name].Optional().EachString().Array().TextsOrNull;

    /// <summary>One text or a list of them; null where there is neither.</summary>
    public IReadOnlyList<string>? TextOrTexts(string name)
    {
        var field = this[name].Optional();
        return field.TextOrNull is { } one ? [one] : field.Must(field.IsNothing || field.IsListOfTexts, $"{name} must be a string").TextsOrNull;
    }

    /// <summary>The number of a page, counted from zero.</summary>
    public int Page(string name = "page") =>
        this[name].IsAbsent ? 0 : (int)this[name].Integer().NotLess(0).NotGreater(LastPage).Number;

    /// <summary>How many items a page has.</summary>
    public int Limit(int @default, int max, string name = "limit") =>
        this[name].IsAbsent ? @default : (int)this[name].Max(max).Min(1).Integer().Number;

    public void Complain(string complaint) => _complaints.Add(_prefix + complaint);

    internal Fields Inside(string name, JsonElement content) => new(content, _complaints, $"{_prefix}{name}.", IsText);

    private JsonElement Find(string name) =>
        _content.ValueKind == JsonValueKind.Object && _content.TryGetProperty(name, out var value) ? value : default;
}
