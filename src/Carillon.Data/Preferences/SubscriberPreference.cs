using Carillon.Data.Mapping;

namespace Carillon.Data.Preferences;

/// <summary>
/// What a subscriber said about one workflow, or about all of them. Only what was said is here: null leaves the choice to
/// whoever has a say before, so that a word about one channel says nothing about the others.
/// </summary>
public sealed class SubscriberPreference : IEnvironmentOwned
{
    /// <summary>Stands for a workflow's id in what is said about all of them.</summary>
    public const string AllWorkflows = "";

    public required short Bucket { get; init; }
    public required string SubscriberId { get; init; }
    public required string WorkflowId { get; init; }
    public required string EnvironmentId { get; init; }

    /// <summary>False switches every channel off at once.</summary>
    public bool? Enabled { get; set; }
    public bool? Email { get; set; }
    public bool? Sms { get; set; }
    public bool? InApp { get; set; }
    public bool? Chat { get; set; }
    public bool? Push { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; set; }

    public bool? Of(string channel) => channel switch
    {
        "email" => Email,
        "sms" => Sms,
        "in_app" => InApp,
        "chat" => Chat,
        "push" => Push,
        _ => null,
    };

    public void Set(string channel, bool enabled)
    {
        switch (channel)
        {
            case "email":
                Email = enabled;
                break;
            case "sms":
                Sms = enabled;
                break;
            case "in_app":
                InApp = enabled;
                break;
            case "chat":
                Chat = enabled;
                break;
            case "push":
                Push = enabled;
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(channel), channel, "Not a channel.");
        }
    }
}
