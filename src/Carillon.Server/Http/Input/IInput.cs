using Carillon.Server.Http.Answers;

namespace Carillon.Server.Http.Input;

/// <summary>A handler's argument that was read from the request; with a problem, the handler is never called.</summary>
internal interface IInput
{
    Problem? Problem { get; }
}

internal static class InputConventions
{
    extension<TBuilder>(TBuilder routes)
        where TBuilder : IEndpointConventionBuilder
    {
        /// <summary>Answers the first problem among the arguments instead of calling the handler.</summary>
        public TBuilder RejectBadInput() => routes.AddEndpointFilter(static (invocation, next) =>
            invocation.Arguments.OfType<IInput>().FirstOrDefault(input => input.Problem is not null)?.Problem is { } problem
                ? ValueTask.FromResult<object?>(problem)
                : next(invocation));
    }
}
