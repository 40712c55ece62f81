namespace Carillon.Data.Workflows;

/// <summary>The channels that a workflow's steps go out on, in one small number. It is stored: never change one.</summary>
[Flags]
public enum StepChannels : short
{
    None = 0,
    InApp = 1,
    Email = 2,
    Sms = 4,
    Chat = 8,
    Push = 16,
}

public static class StepChannelNames
{
    /// <summary>By their names on the wire; what is no channel is none.</summary>
    public static StepChannels Of(IEnumerable<string> names) => names.Aggregate(StepChannels.None, (all, name) => all | Of(name));

    private static StepChannels Of(string name) => name switch
    {
        "in_app" => StepChannels.InApp,
        "email" => StepChannels.Email,
        "sms" => StepChannels.Sms,
        "chat" => StepChannels.Chat,
        "push" => StepChannels.Push,
        _ => StepChannels.None,
    };
}
