using Carillon.Server.Http.Input;

namespace Carillon.Server.NotificationGroups;

internal sealed record GroupName(string Name) : IRequest<GroupName>
{
    public static GroupName Read(Fields fields) => new(fields.RequiredString("name"));
}
