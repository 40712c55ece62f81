using Carillon.Data.Layouts;
using Carillon.Server.Http.Input;

namespace Carillon.Server.Layouts;

/// <summary>The name that a trigger call can choose a layout by: any text that an index takes.</summary>
internal static class LayoutIdentifier
{
    public static Field Read(Field identifier) => identifier
        .String()
        .Must(
            identifier.Text.Length <= Layout.LongestIdentifier,
            $"identifier must be shorter than or equal to {Layout.LongestIdentifier} characters");
}
