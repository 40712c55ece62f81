using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Data.Mapping;

/// <summary>Tables, columns and indexes are named in snake_case, so that hand-written SQL needs no quotes.</summary>
internal static partial class SnakeCase
{
    extension(ModelBuilder model)
    {
        public void UseSnakeCase()
        {
            foreach (var entity in model.Model.GetEntityTypes())
            {
                entity.SetTableName(Of(entity.GetTableName()!));
                foreach (var property in entity.GetProperties())
                    property.SetColumnName(Of(property.Name));
                foreach (var key in entity.GetKeys())
                    key.SetName(Of(key.GetName()!));
                foreach (var index in entity.GetIndexes())
                    index.SetDatabaseName(Of(index.GetDatabaseName()!));
            }
        }
    }

    public static string Of(string name) => Boundary().Replace(name, "_").ToLowerInvariant();

    [GeneratedRegex("(?<=[a-z0-9])(?=[A-Z])")]
    private static partial Regex Boundary();
}
