using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Carillon.Data;

/// <summary>
/// A question that so many calls ask that it is made into a statement only once, for each database that this process works on: to do it at every
/// call costs more than the database needs for its answer.
/// </summary>
public sealed class AskedOften<TArgument, TRow>(Expression<Func<CarillonDb, TArgument, IQueryable<TRow>>> question)
{
    private readonly ConditionalWeakTable<IModel, Func<CarillonDb, TArgument, IAsyncEnumerable<TRow>>> _statements = [];

    public IAsyncEnumerable<TRow> Ask(CarillonDb db, TArgument argument) =>
        _statements.GetValue(db.Model, _ => EF.CompileAsyncQuery(question))(db, argument);
}

/// <inheritdoc cref="AskedOften{TArgument, TRow}"/>
public sealed class AskedOften<TFirst, TSecond, TRow>(Expression<Func<CarillonDb, TFirst, TSecond, IQueryable<TRow>>> question)
{
    private readonly ConditionalWeakTable<IModel, Func<CarillonDb, TFirst, TSecond, IAsyncEnumerable<TRow>>> _statements = [];

    public IAsyncEnumerable<TRow> Ask(CarillonDb db, TFirst first, TSecond second) =>
        _statements.GetValue(db.Model, _ => EF.CompileAsyncQuery(question))(db, first, second);
}
