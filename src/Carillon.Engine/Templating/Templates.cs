using System.Collections.Concurrent;

namespace Carillon.Engine.Templating;

/// <summary>
/// Parsed templates by their text, bounded. Two generations: what was not asked for while one filled up is forgotten,
/// which is nearly least-recently-used and needs no lock to read.
/// </summary>
public sealed class Templates(int capacity = 2048)
{
    private readonly Lock _turning = new();
    private volatile Generation _young = new();
    private volatile Generation _old = new();

    public static Templates Shared { get; } = new();

    /// <summary>The template of this text, parsed at most about once. Hold on to it in loops: looking it up hashes the whole text.</summary>
    public Template Get(string source)
    {
        if (_young.TryGetValue(source, out var found))
            return found;

        var template = _old.TryGetValue(source, out var older) ? older : Template.Parse(source);
        Keep(template);
        return template;
    }

    /// <summary>A missing or empty template renders to nothing.</summary>
    public RenderResult Render(string? source, TemplateContext context, TemplateLimits? limits = null) =>
        string.IsNullOrEmpty(source) ? new Rendered("") : Get(source).Render(context, limits);

    internal int Count => _young.Count + _old.Count;

    private void Keep(Template template)
    {
        var young = _young;
        young.TryAdd(template.Source, template);
        if (young.Count < capacity / 2)
            return;

        lock (_turning)
        {
            if (!ReferenceEquals(young, _young))
                return;
            _old = young;
            _young = new Generation();
        }
    }

    private sealed class Generation() : ConcurrentDictionary<string, Template>(StringComparer.Ordinal);
}
