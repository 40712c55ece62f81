using System.Text.Json;
using Carillon.Data.Integrations;
using Carillon.Data.Mapping;

namespace Carillon.Engine.Steps;

/// <summary>How the trace names the integration a message goes through.</summary>
internal static class SelectedIntegration
{
    public static string Raw(Integration integration) => JsonColumn.Write(new Dictionary<string, string>
    {
        ["providerId"] = integration.ProviderId,
        ["identifier"] = integration.Identifier,
        ["name"] = integration.Name,
        ["_environmentId"] = integration.EnvironmentId,
        ["_id"] = integration.Id,
    });

    public static string IdIn(string raw) => JsonColumn.Read<JsonElement>(raw).GetProperty("_id").GetString()!;
}
