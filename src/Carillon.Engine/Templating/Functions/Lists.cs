using Carillon.Engine.Templating.Values;

namespace Carillon.Engine.Templating.Functions;

/// <summary>Functions over lists. They make new lists: what the payload holds stays as it came.</summary>
internal static class Lists
{
    /// <summary>The distinct values of a member, in the order first seen; items without it count as one undefined.</summary>
    public static TemplateValue Unique(FunctionCall call)
    {
        if (call[0].Kind != Kind.Array)
            return "";

        var (part, seen, values) = (Part(call), new HashSet<(Kind, string)>(), new List<TemplateValue>());
        foreach (var item in call[0].Elements())
        {
            if (!call.Spend(1))
                return default;
            var value = item.Member(part);
            value = Js.IsTruthy(value) ? value : default;
            if (value.Kind >= Kind.Array || seen.Add((value.Kind, Js.ToText(value))))
                values.Add(value);
        }
        return TemplateValue.ListOf(values);
    }

    /// <summary>A list of <c>{key, items}</c>; items without the member are left out.</summary>
    public static TemplateValue GroupBy(FunctionCall call)
    {
        var part = Part(call);
        var groups = new Dictionary<string, List<TemplateValue>>(StringComparer.Ordinal);
        var ordered = new List<KeyValuePair<string, List<TemplateValue>>>();
        foreach (var item in call[0].Elements())
        {
            if (!call.Spend(1))
                return default;
            if (item.Member(part) is var value && !Js.IsTruthy(value))
                continue;

            var key = Js.ToText(value);
            if (!groups.TryGetValue(key, out var items))
                ordered.Add(KeyValuePair.Create(key, groups[key] = items = []));
            items.Add(item);
        }
        return TemplateValue.ListOf(JsonText.InOrder(ordered).Select(Group));
    }

    /// <summary>Ascending by a member, or by the items' own text; equal ones keep their order.</summary>
    public static TemplateValue SortBy(FunctionCall call)
    {
        if (call[0].Kind != Kind.Array)
            return "";

        var items = call[0].Elements().ToArray();
        if (!call.Spend(items.Length * 4))
            return default;
        if (!Js.IsTruthy(call[1]))
            return TemplateValue.ListOf(items.OrderBy(item => item.IsUndefined).ThenBy(item => Js.ToText(item), StringComparer.Ordinal));

        var part = Part(call);
        var keyed = items.Select(item => (Key: item.Member(part), Item: item)).ToArray();
        return TemplateValue.ListOf(Merged(keyed).Select(pair => pair.Item));
    }

    private static TemplateValue Group(KeyValuePair<string, List<TemplateValue>> group) =>
        new TemplateMap(("key", group.Key), ("items", TemplateValue.ListOf(group.Value)));

    private static PathPart Part(FunctionCall call) => new(Js.ToText(call[1]));

    // JavaScript's order is not total (a text that is no number is neither above nor below one), and the framework's sort may throw at that.
    private static (TemplateValue Key, TemplateValue Item)[] Merged((TemplateValue Key, TemplateValue Item)[] pairs)
    {
        if (pairs.Length < 2)
            return pairs;

        var (left, right) = (Merged(pairs[..(pairs.Length / 2)]), Merged(pairs[(pairs.Length / 2)..]));
        var (l, r) = (0, 0);
        for (var i = 0; i < pairs.Length; i++)
        {
            var takesRight = l == left.Length || (r < right.Length && Js.Compare(left[l].Key, right[r].Key) > 0);
            pairs[i] = takesRight ? right[r++] : left[l++];
        }
        return pairs;
    }
}
