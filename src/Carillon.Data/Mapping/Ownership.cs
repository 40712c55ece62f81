namespace Carillon.Data.Mapping;

/// <summary>A row of one environment. The model filters by it; see <see cref="CarillonDb"/>.</summary>
public interface IEnvironmentOwned
{
    string EnvironmentId { get; }
}

/// <summary>A row that is marked instead of removed. The model leaves marked rows out.</summary>
public interface ISoftDeleted
{
    DateTimeOffset? DeletedAt { get; set; }
}
