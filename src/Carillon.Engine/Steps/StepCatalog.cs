using System.Collections.Frozen;
using Carillon.Engine.Steps.Chat;
using Carillon.Engine.Steps.Custom;
using Carillon.Engine.Steps.Delay;
using Carillon.Engine.Steps.Digest;
using Carillon.Engine.Steps.Email;
using Carillon.Engine.Steps.InApp;
using Carillon.Engine.Steps.Push;
using Carillon.Engine.Steps.Sms;
using Microsoft.Extensions.DependencyInjection;

namespace Carillon.Engine.Steps;

/// <summary>Every kind of step there is, in alphabetical order. Adding one is one line here; two of one kind throw at start.</summary>
public static class StepCatalog
{
    public static FrozenDictionary<string, IStepHandler> Create(IServiceProvider services)
    {
        IStepHandler[] handlers =
        [
            ActivatorUtilities.CreateInstance<ChatStep>(services),
            new CustomStep(),
            new DelayStep(),
            new DigestStep(),
            ActivatorUtilities.CreateInstance<EmailStep>(services),
            ActivatorUtilities.CreateInstance<InAppStep>(services),
            ActivatorUtilities.CreateInstance<PushStep>(services),
            ActivatorUtilities.CreateInstance<SmsStep>(services),
        ];
        return handlers.ToDictionary(handler => handler.Type).ToFrozenDictionary();
    }
}
