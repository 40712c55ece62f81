using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;

namespace Carillon.Server.Http.Answers;

/// <summary>One page of a list, counted from zero. Which of the two totals it carries is the resource's tradition.</summary>
internal sealed record Page<T>(int Number, int Size, IReadOnlyList<T> Items, long? TotalCount = null, bool? HasMore = null)
    : IResult, IEndpointMetadataProvider
{
    public Task ExecuteAsync(HttpContext httpContext) =>
        Wire.WriteAsync(httpContext, StatusCodes.Status200OK, new PageView<T>(Number, TotalCount, HasMore, Size, Items));

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        SuccessStatus.Describe(builder, typeof(PageView<T>));
}

internal sealed record PageView<T>(int Page, long? TotalCount, bool? HasMore, int PageSize, IReadOnlyList<T> Data);
