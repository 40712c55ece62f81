using Carillon.Server.Http.Access;

namespace Carillon.Server.StepSchemas;

internal static class StepSchemaEndpoints
{
    extension(IEndpointRouteBuilder api)
    {
        public void MapStepSchemas() => api.MapGet("/step-schemas", GetStepSchema.Handle).WithTags("Step schemas").RequireKeyOrUser();
    }
}
