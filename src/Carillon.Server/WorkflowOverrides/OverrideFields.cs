using Carillon.Data.Tenants;
using Carillon.Data.Workflows;
using Carillon.Server.Http.Input;

namespace Carillon.Server.WorkflowOverrides;

/// <summary>What an override says; what is not said stays as it is, which at first is inactive and every channel on.</summary>
internal sealed record OverrideFields(bool? Active, ChannelChanges Channels) : IRequest<OverrideFields>
{
    public static OverrideFields Read(Fields fields) =>
        new(fields.OptionalBool("active"), fields["preferenceSettings"].Nested(ChannelChanges.Read) ?? new());

    public void ApplyTo(WorkflowOverride one)
    {
        one.Active = Active ?? one.Active;
        one.PreferenceSettings = Channels.ApplyTo(one.PreferenceSettings);
    }
}

internal sealed record ChannelChanges(bool? Email = null, bool? Sms = null, bool? InApp = null, bool? Chat = null, bool? Push = null)
{
    public static ChannelChanges Read(Fields channels) => new(
        channels.OptionalBool("email"),
        channels.OptionalBool("sms"),
        channels.OptionalBool("in_app"),
        channels.OptionalBool("chat"),
        channels.OptionalBool("push"));

    public ChannelSwitches ApplyTo(ChannelSwitches on) =>
        new(Email ?? on.Email, Sms ?? on.Sms, InApp ?? on.InApp, Chat ?? on.Chat, Push ?? on.Push);
}
