using Carillon.Engine.Templating;

namespace Carillon.Engine.Conditions;

/// <summary>
/// Decides whether conditions hold, over facts that are given. One group is enough. Webhooks are asked last, and only where the
/// answer still matters: then the result names them, and the question is put again when they have answered.
/// </summary>
public sealed class ConditionCheck(Templates templates)
{
    public ConditionResult Check(IReadOnlyList<ConditionGroup> groups, ConditionFacts facts)
    {
        if (groups.Count == 0) return ConditionResult.Nothing;

        List<ConditionLine> lines = [];
        foreach (var conditions in groups)
        {
            var one = new GroupCheck(templates, facts, lines).Check(conditions);
            if (one.Error is not null || one.Unasked.Count > 0 || one.Passed) return one with { Conditions = lines };
        }

        return new(false, lines, []);
    }

    /// <summary>One group. What it finds out goes before what earlier groups did.</summary>
    private sealed class GroupCheck(Templates templates, ConditionFacts facts, List<ConditionLine> lines)
    {
        private readonly List<ConditionLine> _own = [];
        private string? _error;

        public ConditionResult Check(ConditionGroup conditions)
        {
            var webhooks = conditions.Children.Where(one => one.On == Condition.OnWebhook).ToList();
            var others = conditions.Children.Where(one => one.On != Condition.OnWebhook).ToList();
            var result = conditions switch
            {
                { Children.Count: 0 } => ConditionResult.Nothing,
                { Children.Count: 1 } or { Join: ConditionGroup.And } => All(others, webhooks),
                { Join: ConditionGroup.Or } => Any(others, webhooks),
                _ => new(false, [], []),
            };
            lines.InsertRange(0, _own);
            if (_error is not null) return result with { Error = _error };

            return conditions is { IsNegated: true, Children.Count: > 0 } ? result with { Passed = !result.Passed } : result;
        }

        private ConditionResult All(List<Condition> others, List<Condition> webhooks)
        {
            var passed = true;
            foreach (var one in others) passed &= Holds(one);
            if (!passed || _error is not null) return new(false, [], []);
            if (Unanswered(webhooks) is { Count: > 0 } unasked) return new(false, [], unasked);

            foreach (var one in webhooks) passed &= Holds(one);
            return new(passed, [], []);
        }

        private ConditionResult Any(List<Condition> others, List<Condition> webhooks)
        {
            foreach (var one in others)
            {
                if (Holds(one) || _error is not null) return new(true, [], []);
            }

            foreach (var one in webhooks)
            {
                if (Unanswered([one]) is { Count: > 0 } unasked) return new(false, [], unasked);
                if (Holds(one) || _error is not null) return new(true, [], []);
            }

            return new(false, [], []);
        }

        private List<string> Unanswered(IEnumerable<Condition> webhooks) =>
            [.. webhooks.Select(one => one.WebhookUrl).OfType<string>().Where(url => !facts.Answers.ContainsKey(url)).Distinct()];

        private bool Holds(Condition condition)
        {
            var (passed, line, error) = Asked.Of(condition, facts, templates);
            _error ??= error;
            if (line is not null) _own.Add(line);
            return passed;
        }
    }
}
