using System.Collections.Frozen;

namespace Carillon.Engine.Templating.Functions;

/// <summary>Every function a template may call: those of Handlebars, then ours, in alphabetical order.</summary>
internal static class FunctionCatalog
{
    private static readonly FrozenDictionary<string, TemplateFunction> All = new Dictionary<string, TemplateFunction>
    {
        ["each"] = Loops.Each,
        ["if"] = Conditions.If,
        ["log"] = _ => default,
        ["lookup"] = Lookups.Lookup,
        ["unless"] = Conditions.Unless,
        ["with"] = Lookups.With,

        ["dateFormat"] = Dates.Format,
        ["eq"] = Comparisons.Identical,
        ["equals"] = Comparisons.Equal,
        ["groupBy"] = Lists.GroupBy,
        ["gt"] = Comparisons.Greater,
        ["gte"] = Comparisons.GreaterOrEqual,
        ["json"] = JsonPrinter.Print,
        ["lowercase"] = Texts.Lowercase,
        ["lt"] = Comparisons.Less,
        ["lte"] = Comparisons.LessOrEqual,
        ["ne"] = Comparisons.NotIdentical,
        ["numberFormat"] = Numbers.Format,
        ["pluralize"] = Texts.Pluralize,
        ["sortBy"] = Lists.SortBy,
        ["titlecase"] = Texts.Titlecase,
        ["unique"] = Lists.Unique,
        ["uppercase"] = Texts.Uppercase,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static TemplateFunction? Find(string name) => All.GetValueOrDefault(name);
}
