using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Carillon.Data.Mapping;

/// <summary>Instants are stored as milliseconds since 1970: eight bytes, ordered, and the same on both databases.</summary>
internal sealed class InstantConverter() : ValueConverter<DateTimeOffset, long>(
    instant => instant.ToUnixTimeMilliseconds(),
    milliseconds => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds));
