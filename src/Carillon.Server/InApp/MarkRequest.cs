using Carillon.Server.Http.Input;

namespace Carillon.Server.InApp;

/// <summary>Some messages, and one of the words for how to mark them.</summary>
internal sealed record MarkRequest(IReadOnlyList<string> MessageIds, string MarkAs) : IRequest<MarkRequest>
{
    public static MarkRequest Read(Fields fields) => new(Marking.ReadIds(fields), fields["markAs"].Defined().OneOf(Mark.Words).Text);
}
