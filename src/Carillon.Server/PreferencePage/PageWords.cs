using System.Collections.Frozen;
using Microsoft.Net.Http.Headers;

namespace Carillon.Server.PreferencePage;

/// <summary>The page's words in one language. A new language is one entry here.</summary>
internal sealed record PageWords(string Language)
{
    private static readonly FrozenDictionary<string, PageWords> All = new[]
    {
        new PageWords("de")
        {
            Title = "Ihre Benachrichtigungen", Intro = "Wählen Sie, was Sie erhalten möchten und auf welchem Weg.", From = "Von",
            Everything = "Alles", Receive = "Benachrichtigungen erhalten", EachKind = "Im Einzelnen",
            AlwaysSent = "Wird immer gesendet, weil es wichtig ist.", ByTheSender = "Vom Absender festgelegt.",
            AllOff = "Alles ist ausgeschaltet. Was unten gewählt ist, gilt erst wieder, wenn Sie es einschalten.",
            Save = "Speichern", Saved = "Gespeichert.", Email = "E-Mail", Sms = "SMS", InApp = "In der App", Chat = "Chat", Push = "Push",
        },
        new PageWords("en")
        {
            Title = "Your notifications", Intro = "Choose what you want to receive, and how.", From = "From",
            Everything = "Everything", Receive = "Receive notifications", EachKind = "Each kind",
            AlwaysSent = "Always sent, because it is important.", ByTheSender = "Set by the sender.",
            AllOff = "Everything is switched off. What is chosen below counts again once you switch it on.",
            Save = "Save", Saved = "Saved.", Email = "E-mail", Sms = "SMS", InApp = "In the app", Chat = "Chat", Push = "Push",
        },
        new PageWords("es")
        {
            Title = "Sus notificaciones", Intro = "Elija qué quiere recibir y cómo.", From = "De",
            Everything = "Todo", Receive = "Recibir notificaciones", EachKind = "Por tipo",
            AlwaysSent = "Se envía siempre porque es importante.", ByTheSender = "Lo decide el remitente.",
            AllOff = "Todo está desactivado. Lo elegido abajo vuelve a valer cuando lo active.",
            Save = "Guardar", Saved = "Guardado.", Email = "Correo electrónico", Sms = "SMS", InApp = "En la aplicación", Chat = "Chat", Push = "Push",
        },
        new PageWords("fr")
        {
            Title = "Vos notifications", Intro = "Choisissez ce que vous souhaitez recevoir, et comment.", From = "De",
            Everything = "Tout", Receive = "Recevoir des notifications", EachKind = "Par type",
            AlwaysSent = "Toujours envoyé, car c’est important.", ByTheSender = "Fixé par l’expéditeur.",
            AllOff = "Tout est désactivé. Les choix ci-dessous compteront à nouveau quand vous le réactiverez.",
            Save = "Enregistrer", Saved = "Enregistré.", Email = "E-mail", Sms = "SMS", InApp = "Dans l’application", Chat = "Chat", Push = "Push",
        },
        new PageWords("it")
        {
            Title = "Le tue notifiche", Intro = "Scegli che cosa vuoi ricevere e come.", From = "Da",
            Everything = "Tutto", Receive = "Ricevi notifiche", EachKind = "Per tipo",
            AlwaysSent = "Inviato sempre, perché è importante.", ByTheSender = "Deciso dal mittente.",
            AllOff = "Tutto è disattivato. Le scelte qui sotto torneranno a valere quando lo riattiverai.",
            Save = "Salva", Saved = "Salvato.", Email = "E-mail", Sms = "SMS", InApp = "Nell’app", Chat = "Chat", Push = "Push",
        },
        new PageWords("nl")
        {
            Title = "Uw meldingen", Intro = "Kies wat u wilt ontvangen, en hoe.", From = "Van",
            Everything = "Alles", Receive = "Meldingen ontvangen", EachKind = "Per soort",
            AlwaysSent = "Wordt altijd verzonden, omdat het belangrijk is.", ByTheSender = "Bepaald door de afzender.",
            AllOff = "Alles staat uit. Wat hieronder is gekozen, telt weer zodra u het aanzet.",
            Save = "Opslaan", Saved = "Opgeslagen.", Email = "E-mail", Sms = "Sms", InApp = "In de app", Chat = "Chat", Push = "Push",
        },
        new PageWords("pt")
        {
            Title = "As suas notificações", Intro = "Escolha o que quer receber e como.", From = "De",
            Everything = "Tudo", Receive = "Receber notificações", EachKind = "Por tipo",
            AlwaysSent = "Sempre enviado, porque é importante.", ByTheSender = "Definido pelo remetente.",
            AllOff = "Tudo está desligado. As escolhas abaixo voltam a contar quando o ligar.",
            Save = "Guardar", Saved = "Guardado.", Email = "E-mail", Sms = "SMS", InApp = "Na aplicação", Chat = "Chat", Push = "Push",
        },
    }.ToFrozenDictionary(words => words.Language);

    public static IEnumerable<string> Languages => All.Keys;

    public required string Title { get; init; }
    public required string Intro { get; init; }
    public required string From { get; init; }
    public required string Everything { get; init; }
    public required string Receive { get; init; }
    public required string EachKind { get; init; }
    public required string AlwaysSent { get; init; }
    public required string ByTheSender { get; init; }
    public required string AllOff { get; init; }
    public required string Save { get; init; }
    public required string Saved { get; init; }
    public required string Email { private get; init; }
    public required string Sms { private get; init; }
    public required string InApp { private get; init; }
    public required string Chat { private get; init; }
    public required string Push { private get; init; }

    public string NameOf(string channel) => channel switch
    {
        "email" => Email,
        "sms" => Sms,
        "in_app" => InApp,
        "chat" => Chat,
        "push" => Push,
        _ => channel,
    };

    /// <summary>The subscriber's locale, as <c>de</c>, <c>de_AT</c> or <c>de-AT</c>; else what their browser prefers; else English.</summary>
    public static PageWords For(string? locale, string? acceptLanguage) =>
        Known(locale) ?? Preferred(acceptLanguage).Select(Known).FirstOrDefault(words => words is not null) ?? All["en"];

    private static PageWords? Known(string? locale) =>
        locale is null ? null : All.GetValueOrDefault(locale.Split('-', '_')[0].ToLowerInvariant());

    private static IEnumerable<string> Preferred(string? acceptLanguage) =>
        StringWithQualityHeaderValue.TryParseList([acceptLanguage ?? ""], out var languages)
            ? languages.OrderByDescending(language => language.Quality ?? 1).Select(language => language.Value.ToString())
            : [];
}
