using System.Text.Json;
using Carillon.Data.Preferences;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Carillon.Server.Http.Views.Preferences;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Carillon.Server.PreferencePage;

/// <summary>
/// Keeps what somebody switched on their page. Only that: what they left as it was shown stays whatever it has become meanwhile, and
/// what they never said remains for others to say.
/// </summary>
internal sealed class SavePage(PageOwner owner, SubscriberPreferences preferences)
{
    public sealed record Request(JsonElement Form) : IRequest<Request>
    {
        public static Request Read(Fields fields) => new(fields.Content);
    }

    public static async Task<Results<Onward, Problem>> Handle(string token, Body<Request> body, SavePage operation, CancellationToken ct) =>
        await operation.SaveAsync(token, new PageForm(body.Value.Form), ct)
            ? new Onward($"?{ShowPage.Saved}")
            : PageOwner.Nobody;

    private async Task<bool> SaveAsync(string token, PageForm form, CancellationToken ct)
    {
        if (await owner.FindAsync(token, ct) is not { } content) return false;

        await ChangeAsync(content.SubscriberId, SubscriberPreference.AllWorkflows, form.Everywhere(content), ct);
        foreach (var workflow in content.Workflows.Where(workflow => workflow.Fixed == Fixed.No))
            await ChangeAsync(content.SubscriberId, workflow.Id, form.Of(workflow), ct);
        return true;
    }

    private async Task ChangeAsync(string subscriberId, string workflowId, PreferenceChange change, CancellationToken ct)
    {
        if (!change.IsEmpty) await preferences.ChangeAsync(subscriberId, workflowId, change, ct);
    }
}
