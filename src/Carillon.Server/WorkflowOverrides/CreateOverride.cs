using Carillon.Data;
using Carillon.Data.Tenants;
using Carillon.Server.Http.Access;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Carillon.Server.WorkflowOverrides;

internal static class CreateOverride
{
    public sealed record Request(string WorkflowId, string TenantId, OverrideFields Says) : IRequest<Request>
    {
        public static Request Read(Fields fields) => new(
            fields.RequiredString("workflowId").ToLowerInvariant(),
            fields.RequiredString("tenantId").ToLowerInvariant(),
            OverrideFields.Read(fields));
    }

    public static async Task<Results<Answer<OverrideView>, Problem>> Handle(
        Body<Request> body, Caller caller, CurrentEnvironment environment, CarillonDb db, Ids ids, TimeProvider clock, CancellationToken ct)
    {
        var (workflowId, tenantId, says) = body.Value;
        if (Malformed(workflowId, tenantId) is { Count: > 0 } complaints) return Problem.BadRequest(complaints);
        if (await db.MissingAsync(workflowId, tenantId, ct) is { } missing) return missing;

        var now = clock.GetUtcNow();
        var made = new WorkflowOverride
        {
            Id = ids.New(),
            EnvironmentId = environment.Id,
            OrganizationId = caller.OrganizationId,
            WorkflowId = workflowId,
            TenantId = tenantId,
            CreatedAt = now,
            UpdatedAt = now,
        };
        says.ApplyTo(made);
        db.Add(made);
        await db.SaveChangesAsync(ct);
        return Answer.Of(OverrideView.Of(made));
    }

    // Told in the names that the two have in answers, and only once everything else is in order.
    private static List<string> Malformed(string workflowId, string tenantId) =>
    [
        .. from id in new[] { (Name: "_workflowId", Text: workflowId), (Name: "_tenantId", Text: tenantId) }
           where !Ids.IsId(id.Text)
           select $"{id.Name} must be a mongodb id",
    ];
}
