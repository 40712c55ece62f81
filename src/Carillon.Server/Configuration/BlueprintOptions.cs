using System.ComponentModel.DataAnnotations;

namespace Carillon.Server.Configuration;

/// <summary>Workflows to begin with. Section <c>Carillon:Blueprints</c>.</summary>
internal sealed class BlueprintOptions
{
    public const string Section = "Carillon:Blueprints";

    /// <summary>The organization whose active workflows in Production everybody is shown as blueprints.</summary>
    [RegularExpression("[0-9a-f]{24}", ErrorMessage = "Carillon:Blueprints:OrganizationId must be the id of an organization.")]
    public string? OrganizationId { get; set; }
}
