using System.Text.Json;
using Carillon.Tests.Support;

namespace Carillon.Contract.Description;

/// <summary>The served description has every operation of the contract, with what callers depend on, but for what <c>differences.json</c> lists.</summary>
public sealed class OperationTests
{
    // The contract has it on every operation, though only these take an idempotency key.
    private const string NoConflict = "status 409 missing";

    [Fact]
    public async Task The_served_description_holds_the_contract()
    {
        await using var app = await CarillonApp.StartAsync();
        var served = Operation.Of(await (await app.Anonymous.GetAsync("/openapi.json")).JsonAsync());

        var differences = Differences(served).ToList();

        Figures.Write("description", Summary(served, differences));
        var listed = Listed();
        Assert.True(listed.SetEquals(differences), string.Join('\n',
        [
            "On no list:", .. differences.Except(listed), "Listed, and no longer so:", .. listed.Except(differences),
        ]));
    }

    private static IEnumerable<string> Differences(IReadOnlyDictionary<string, Operation> served)
    {
        var ours = served.ToDictionary(operation => Operation.Address(operation.Key), operation => operation.Value);
        foreach (var (name, contract) in Operation.Contract)
        {
            if (!ours.TryGetValue(Operation.Address(name), out var actual))
            {
                yield return $"{name}: missing";
                continue;
            }

            foreach (var difference in Differences(contract, actual).Except(Repeatable(name) ? [] : [NoConflict]))
                yield return $"{name}: {difference}";
        }
    }

    private static IEnumerable<string> Differences(Operation contract, Operation actual)
    {
        if (contract.OperationId != actual.OperationId) yield return $"operationId {actual.OperationId}";
        foreach (var parameter in contract.Parameters.Where(parameter => parameter.In != "path"))
        {
            var ours = actual.Parameters.FirstOrDefault(one => one.Name == parameter.Name && one.In == parameter.In);
            if (ours is null) yield return $"parameter {parameter.Name} missing";
            else if (ours.Required != parameter.Required) yield return $"parameter {parameter.Name} {(ours.Required ? "required" : "optional")}";
        }

        foreach (var field in contract.Body?.Properties.Except(actual.Body?.Properties ?? []) ?? [])
            yield return $"field {field} missing";
        foreach (var field in contract.Body?.Required.Except(actual.Body?.Required ?? []) ?? [])
            yield return $"field {field} optional";
        foreach (var field in actual.Body?.Required.Except(contract.Body?.Required ?? []) ?? [])
            yield return $"field {field} required";
        foreach (var status in contract.Statuses.Except(actual.Statuses))
            yield return $"status {status} missing";
    }

    private static bool Repeatable(string name) =>
        name.StartsWith("POST", StringComparison.Ordinal) || name.StartsWith("PATCH", StringComparison.Ordinal);

    private static HashSet<string> Listed()
    {
        var file = Repository.Folder("tests", "Carillon.Contract", "Description", "differences.json");
        var headings = JsonSerializer.Deserialize<Dictionary<string, string[]>>(File.ReadAllText(file))!;
        return [.. headings.Values.SelectMany(lines => lines)];
    }

    private static string Summary(IReadOnlyDictionary<string, Operation> served, List<string> differences)
    {
        var missing = differences.Count(difference => difference.EndsWith(": missing", StringComparison.Ordinal));
        var known = Operation.Contract.Keys.Select(Operation.Address).ToHashSet();
        var more = served.Keys.Where(name => !known.Contains(Operation.Address(name))).Order(StringComparer.Ordinal).ToList();
        return $"Operations of the contract: {Operation.Contract.Count - missing} described, {missing} missing, {differences.Count - missing} differences in details\n"
            + $"Beside them {more.Count} of other clients and our own:\n  " + string.Join("\n  ", more);
    }
}
