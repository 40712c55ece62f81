using System.Text.Json;
using Carillon.Server.Http.Input;

namespace Carillon.Server.InApp;

/// <summary>How using a button ended, in the application's own words.</summary>
internal sealed record ActionRequest(string Status, JsonElement? Payload) : IRequest<ActionRequest>
{
    public static ActionRequest Read(Fields fields) => new(fields.RequiredString("status"), fields["payload"].JsonOrNull);
}
