using Carillon.Data;
using Carillon.Server.Http.Answers;
using Carillon.Server.Http.Input;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Carillon.Server.Layouts;

internal static class GetLayout
{
    public static async Task<Results<Answer<LayoutView>, Problem>> Handle(
        MongoId layoutId, CurrentEnvironment environment, CarillonDb db, CancellationToken ct)
    {
        var layout = await db.Layouts.AsNoTracking().SingleOrDefaultAsync(layout => layout.Id == layoutId.Text, ct);
        return layout is null ? LayoutView.NotFound(layoutId, environment.Id) : Answer.Of(LayoutView.Of(layout));
    }
}
