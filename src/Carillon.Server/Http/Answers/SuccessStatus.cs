using Microsoft.AspNetCore.Http.Metadata;

namespace Carillon.Server.Http.Answers;

/// <summary>The status of a success on a route that differs from its method's: 201 for POST, 200 for all others.</summary>
internal sealed record SuccessStatus(int Status)
{
    public static int Of(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<SuccessStatus>()?.Status ?? ForMethod(context.Request.Method);

    public static void Describe(EndpointBuilder builder, Type body)
    {
        var method = builder.Metadata.OfType<IHttpMethodMetadata>().LastOrDefault() is { HttpMethods: [var first, ..] } ? first : HttpMethods.Get;
        builder.Metadata.Add(new ProducesResponseTypeMetadata(ForMethod(method), body, ["application/json"]));
    }

    private static int ForMethod(string method) =>
        HttpMethods.IsPost(method) ? StatusCodes.Status201Created : StatusCodes.Status200OK;
}

internal static class SuccessStatusConventions
{
    extension<TBuilder>(TBuilder route)
        where TBuilder : IEndpointConventionBuilder
    {
        /// <summary>Answers successes with this status instead of the method's own.</summary>
        public TBuilder Answers(int status) => route.WithMetadata(new SuccessStatus(status));
    }
}
