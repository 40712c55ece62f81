namespace Carillon.Server.Http.Input;

/// <summary>What a route wants to be sent. <see cref="Read"/> notes every complaint in the fields; with any, the request ends as 400.</summary>
internal interface IRequest<TSelf>
    where TSelf : IRequest<TSelf>
{
    static abstract TSelf Read(Fields fields);
}
