using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Carillon.Contract.Plans;

internal sealed record SentCommand(string Sql, IReadOnlyList<(string Name, object Value)> Parameters);

/// <summary>Hears every command that is sent to one database while it lives.</summary>
internal sealed class CommandListener : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private readonly ConcurrentQueue<SentCommand> _commands = [];
    private readonly ConcurrentBag<IDisposable> _subscriptions = [];
    private readonly string _database;

    public CommandListener(string database)
    {
        _database = database;
        _subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));
    }

    public IReadOnlyCollection<SentCommand> Commands => _commands;

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == "Microsoft.EntityFrameworkCore") _subscriptions.Add(value.Subscribe(this));
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Value is not CommandEventData data || value.Key != RelationalEventId.CommandExecuting.Name) return;
        if (data.Command.Connection?.Database != _database) return;

        _commands.Enqueue(new(
            data.Command.CommandText,
            [.. data.Command.Parameters.Cast<System.Data.Common.DbParameter>().Select(parameter => (parameter.ParameterName, parameter.Value!))]));
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    public void Dispose()
    {
        foreach (var subscription in _subscriptions) subscription.Dispose();
    }
}
