namespace Carillon.Tests.Server;

/// <summary>Answers that clients were given before, as they were recorded.</summary>
internal static class RecordedWorkflows
{
    public const string InApp = """
        {"preferenceSettings":{"email":true,"sms":true,"in_app":true,"chat":true,"push":true},"_id":"6b041900039109a7bd9f3366",
        "name":"Inactive","description":"d Inactive","active":false,"type":"REGULAR","draft":true,"critical":false,"isBlueprint":false,
        "_notificationGroupId":"6b0418fe039109a7bd9f3124","tags":["tagA","tagB"],"triggers":[{"type":"event","identifier":"inactive",
        "variables":[{"name":"name","type":"String","_id":"6b041900039109a7bd9f3368","id":"6b041900039109a7bd9f3368"}],
        "reservedVariables":[],"subscriberVariables":[],"_id":"6b041900039109a7bd9f3367","id":"6b041900039109a7bd9f3367"}],
        "steps":[{"replyCallback":{},"metadata":{"timed":{"weekDays":[],"monthDays":[]}},"active":true,"shouldStopOnFail":false,
        "type":"REGULAR","filters":[],"_templateId":"6b041900039109a7bd9f335d","_parentId":null,"_id":"6b041900039109a7bd9f335d",
        "variants":[],"id":"6b041900039109a7bd9f335d","template":{"_id":"6b041900039109a7bd9f335d","type":"in_app","active":true,
        "variables":[],"content":"Hello {{name}}","_environmentId":"6b0418f5039109a7bd9f29ed",
        "_organizationId":"6b0418f5039109a7bd9f29e7","_creatorId":"6b0418f5039109a7bd9f29e4","_feedId":null,"_layoutId":null,
        "deleted":false,"createdAt":"2026-11-23T10:44:16.900Z","updatedAt":"2026-11-23T10:44:16.900Z","__v":0,
        "id":"6b041900039109a7bd9f335d"}}],"origin":"novu-cloud","_environmentId":"6b0418f5039109a7bd9f29ed",
        "_organizationId":"6b0418f5039109a7bd9f29e7","_creatorId":"6b0418f5039109a7bd9f29e4","deleted":false,
        "createdAt":"2026-11-23T10:44:16.951Z","updatedAt":"2026-11-23T10:44:16.951Z","__v":0,"id":"6b041900039109a7bd9f3366"}
        """;

    public const string Minimal = """
        {"preferenceSettings":{"email":true,"sms":true,"in_app":true,"chat":true,"push":true},"_id":"6b0418ff039109a7bd9f31f3",
        "name":"Min","active":false,"type":"REGULAR","draft":true,"critical":false,"isBlueprint":false,
        "_notificationGroupId":"6b0418fe039109a7bd9f3124","tags":[],"triggers":[{"type":"event","identifier":"min","variables":[],
        "reservedVariables":[],"subscriberVariables":[],"_id":"6b0418ff039109a7bd9f31f4","id":"6b0418ff039109a7bd9f31f4"}],"steps":[],
        "origin":"novu-cloud","_environmentId":"6b0418f5039109a7bd9f29ed","_organizationId":"6b0418f5039109a7bd9f29e7",
        "_creatorId":"6b0418f5039109a7bd9f29e4","deleted":false,"createdAt":"2026-11-23T10:44:15.676Z",
        "updatedAt":"2026-11-23T10:44:15.676Z","__v":0,"id":"6b0418ff039109a7bd9f31f3"}
        """;

    public const string Chat = """
        {"preferenceSettings":{"email":true,"sms":true,"in_app":true,"chat":true,"push":true},"_id":"6b0419aa039109a7bd9f5dd9",
        "name":"Ch chat","description":"d Ch chat","active":true,"type":"REGULAR","draft":false,"critical":false,"isBlueprint":false,
        "_notificationGroupId":"6b0418fe039109a7bd9f3124","tags":["tagA","tagB"],"triggers":[{"type":"event","identifier":"ch-chat",
        "variables":[{"name":"name","type":"String","_id":"6b0419aa039109a7bd9f5ddb","id":"6b0419aa039109a7bd9f5ddb"}],
        "reservedVariables":[],"subscriberVariables":[],"_id":"6b0419aa039109a7bd9f5dda","id":"6b0419aa039109a7bd9f5dda"}],
        "steps":[{"replyCallback":{},"metadata":{"timed":{"weekDays":[],"monthDays":[]}},"active":true,"shouldStopOnFail":false,
        "type":"REGULAR","filters":[],"_templateId":"6b0419aa039109a7bd9f5dd0","_parentId":null,"_id":"6b0419aa039109a7bd9f5dd0",
        "variants":[],"id":"6b0419aa039109a7bd9f5dd0","template":{"_id":"6b0419aa039109a7bd9f5dd0","type":"chat","active":true,
        "variables":[],"content":"chat {{name}}","_environmentId":"6b0418f5039109a7bd9f29ed","_organizationId":"6b0418f5039109a7bd9f29e7",
        "_creatorId":"6b0418f5039109a7bd9f29e4","_feedId":null,"_layoutId":null,"deleted":false,"createdAt":"2026-11-23T10:47:06.787Z",
        "updatedAt":"2026-11-23T10:47:06.787Z","__v":0,"id":"6b0419aa039109a7bd9f5dd0"}}],"origin":"novu-cloud",
        "_environmentId":"6b0418f5039109a7bd9f29ed","_organizationId":"6b0418f5039109a7bd9f29e7","_creatorId":"6b0418f5039109a7bd9f29e4",
        "deleted":false,"createdAt":"2026-11-23T10:47:06.792Z","updatedAt":"2026-11-23T10:47:06.792Z","__v":0,
        "id":"6b0419aa039109a7bd9f5dd9"}
        """;

    /// <summary>Without the layout that the original puts under every e-mail.</summary>
    public const string Editor = """
        {"preferenceSettings":{"email":true,"sms":true,"in_app":true,"chat":true,"push":true},"_id":"6b0419aa039109a7bd9f5e14",
        "name":"Ch editor","description":"d Ch editor","active":true,"type":"REGULAR","draft":false,"critical":false,"isBlueprint":false,
        "_notificationGroupId":"6b0418fe039109a7bd9f3124","tags":["tagA","tagB"],"triggers":[{"type":"event","identifier":"ch-editor",
        "variables":[{"name":"name","type":"String","_id":"6b0419aa039109a7bd9f5e16","id":"6b0419aa039109a7bd9f5e16"}],
        "reservedVariables":[],"subscriberVariables":[{"name":"email","_id":"6b0419aa039109a7bd9f5e17","id":"6b0419aa039109a7bd9f5e17"}],
        "_id":"6b0419aa039109a7bd9f5e15","id":"6b0419aa039109a7bd9f5e15"}],"steps":[{"replyCallback":{},
        "metadata":{"timed":{"weekDays":[],"monthDays":[]}},"active":true,"shouldStopOnFail":false,"type":"REGULAR","filters":[],
        "_templateId":"6b0419aa039109a7bd9f5e0c","_parentId":null,"_id":"6b0419aa039109a7bd9f5e0c","variants":[],
        "id":"6b0419aa039109a7bd9f5e0c","template":{"_id":"6b0419aa039109a7bd9f5e0c","type":"email","active":true,"subject":"Ed {{name}}",
        "variables":[],"content":[{"type":"text","content":"para {{name}}","styles":{"textAlign":"left"}},{"type":"button","content":"Go",
        "url":"http://x.example/{{name}}"}],"contentType":"editor","_environmentId":"6b0418f5039109a7bd9f29ed",
        "_organizationId":"6b0418f5039109a7bd9f29e7","_creatorId":"6b0418f5039109a7bd9f29e4","_feedId":null,"_layoutId":"6b04190a039109a7bd9f394f",
        "deleted":false,"createdAt":"2026-11-23T10:47:06.820Z","updatedAt":"2026-11-23T10:47:06.820Z","__v":0,
        "id":"6b0419aa039109a7bd9f5e0c"}}],"origin":"novu-cloud","_environmentId":"6b0418f5039109a7bd9f29ed",
        "_organizationId":"6b0418f5039109a7bd9f29e7","_creatorId":"6b0418f5039109a7bd9f29e4","deleted":false,
        "createdAt":"2026-11-23T10:47:06.824Z","updatedAt":"2026-11-23T10:47:06.824Z","__v":0,"id":"6b0419aa039109a7bd9f5e14"}
        """;

    /// <summary>One item of a list, in an environment where only the inbox is set up.</summary>
    public const string Listed = """
        {"_id":"6b041901039109a7bd9f33c2","name":"Inactive","description":"d Inactive","active":false,"type":"REGULAR","draft":true,
        "critical":false,"isBlueprint":false,"_notificationGroupId":"6b0418fe039109a7bd9f3124","tags":["tagA","tagB"],
        "triggers":[{"type":"event","identifier":"inactive","variables":[{"name":"name","type":"String",
        "_id":"6b041901039109a7bd9f33c4"}],"reservedVariables":[],"subscriberVariables":[],"_id":"6b041901039109a7bd9f33c3"}],
        "steps":[{"active":true,"replyCallback":{},"shouldStopOnFail":false,"type":"REGULAR","filters":[],
        "_templateId":"6b041901039109a7bd9f33b9","_parentId":null,"metadata":{"timed":{"weekDays":[],"monthDays":[]}},
        "_id":"6b041901039109a7bd9f33b9","template":{"_id":"6b041901039109a7bd9f33b9","type":"in_app"}}],
        "preferenceSettings":{"email":true,"sms":true,"in_app":true,"chat":true,"push":true},"origin":"novu-cloud",
        "_environmentId":"6b0418f5039109a7bd9f29ed","_organizationId":"6b0418f5039109a7bd9f29e7","_creatorId":"6b0418f5039109a7bd9f29e4",
        "deleted":false,"createdAt":"2026-11-23T10:44:17.340Z","updatedAt":"2026-11-23T10:44:17.340Z","__v":0,
        "notificationGroup":{"_id":"6b0418fe039109a7bd9f3124","name":"General","_organizationId":"6b0418f5039109a7bd9f29e7",
        "_environmentId":"6b0418f5039109a7bd9f29ed","createdAt":"2026-11-23T10:44:14.976Z","updatedAt":"2026-11-23T10:44:14.976Z",
        "__v":0},"workflowIntegrationStatus":{"hasActiveIntegrations":true,"channels":{"in_app":{"hasActiveIntegrations":true},
        "email":{"hasActiveIntegrations":false,"hasPrimaryIntegrations":false},"sms":{"hasActiveIntegrations":false,
        "hasPrimaryIntegrations":false},"chat":{"hasActiveIntegrations":false},"push":{"hasActiveIntegrations":false}}}}
        """;

    public const string Variables = """
        {"translations":{},"system":{"subscriber":{"firstName":"string","lastName":"string","email":"string","phone":"string",
        "avatar":"string","locale":"string","subscriberId":"string"},"actor":{"firstName":"string","lastName":"string","email":"string",
        "phone":"string","avatar":"string","locale":"string","subscriberId":"string"},"step":{"digest":"boolean","events":"array",
        "total_count":"number"},"branding":{"logo":"string","color":"string"},"tenant":{"name":"string","data":"object"}}}
        """;
}
