using Carillon.Engine.Templating.Syntax;
using Carillon.Engine.Templating.Values;

namespace Carillon.Engine.Templating.Rendering;

/// <summary>Where in the data a program runs: <c>this</c>, what <c>../</c> leads to, loop data, block parameters, inline partials.</summary>
internal sealed record Scope(TemplateValue This)
{
    public Scope? Outer { get; init; }
    public LoopData? Loop { get; init; }
    public BlockParams? Params { get; init; }
    public InlinePartial? Partials { get; init; }

    /// <summary>Handlebars counts a level only where the context changes: an <c>#each</c> over itself adds no <c>../</c>.</summary>
    public Scope Enter(in TemplateValue value)
    {
        var isSame = value.Kind >= Kind.Array && This.Kind == value.Kind ? value.IsSameReferenceAs(This) : Js.IsEqual(value, This);
        return isSame ? this : this with { This = value, Outer = this };
    }
}

/// <summary><c>@index</c> and its like, for one turn of a loop.</summary>
internal sealed record LoopData(TemplateValue Key, int Index, bool IsFirst, bool IsLast, LoopData? Parent)
{
    public TemplateValue Find(string name) => name switch
    {
        "key" => Key,
        "index" => Index,
        "first" => IsFirst,
        "last" => IsLast,
        _ => default,
    };
}

internal sealed record BlockParams(IReadOnlyList<string> Names, TemplateValue First, TemplateValue Second, BlockParams? Outer)
{
    public TemplateValue? Find(string name)
    {
        for (var at = this; at is not null; at = at.Outer)
        {
            for (var i = 0; i < at.Names.Count; i++)
            {
                if (at.Names[i] == name)
                    return i switch { 0 => at.First, 1 => at.Second, _ => default(TemplateValue) };
            }
        }
        return null;
    }
}

/// <summary>A partial defined in the template itself; a later one of the same name hides it.</summary>
internal sealed record InlinePartial(string Name, TemplateProgram Program, Scope? Origin, InlinePartial? Outer)
{
    public InlinePartial? Find(string name)
    {
        for (var at = this; at is not null; at = at.Outer)
        {
            if (at.Name == name)
                return at;
        }
        return null;
    }
}
