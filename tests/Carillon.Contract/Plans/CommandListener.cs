using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace Carillon.Contract.Plans;

internal sealed record SentCommand(string Sql, IReadOnlyList<(string Name, object Value)> Parameters);

/// <summary>
/// Hears every command that is sent to one database while it lives. It has to live before the server does: contexts that found nobody
/// listening do not look again for a second.
/// </summary>
internal sealed class CommandListener : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private readonly ConcurrentQueue<SentCommand> _commands = [];
    private readonly ConcurrentBag<IDisposable> _subscriptions = [];
    private string? _database;

    public CommandListener() => _subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));

    /// <summary>From here on, to this database.</summary>
    public void ListenTo(string connectionString) => _database = new NpgsqlConnectionStringBuilder(connectionString).Database;

    /// <summary>What was sent meanwhile.</summary>
    public async Task<IReadOnlyList<SentCommand>> HearAsync(Func<Task> act)
    {
        _commands.Clear();
        await act();
        return [.. _commands];
    }

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
