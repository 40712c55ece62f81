using Carillon.Server.Http.Answers;

namespace Carillon.Server.Widgets;

/// <summary>Components tell what people do with them. It is told to nobody, and kept nowhere.</summary>
internal static class LogUsage
{
    public sealed record View(bool Success);

    public static Answer<View> Handle() => Answer.Of(new View(true));
}
