using Carillon.Data;
using Carillon.Data.Mail;
using Carillon.Data.Mapping;
using Carillon.Data.Secrets;
using Carillon.Server.Configuration;
using Carillon.Server.Http;

namespace Carillon.Server.Mail;

/// <summary>
/// Mails of the server's own. A letter is written down with what it tells of, in one transaction, and sent afterwards: whoever
/// asked does not wait for a mail server, and cannot tell from the time it takes whether anything was sent at all.
/// </summary>
internal sealed class SystemMail(MailOptions options, SecretBox box, Postman postman, Ids ids, TimeProvider clock)
{
    /// <summary>Whether there is a mail account to send through.</summary>
    public bool IsOn => options.IsSet;

    /// <summary>Adds the letter to the context, for the caller to save. Without an account it is not even written.</summary>
    public void Write(CarillonDb db, Letter letter)
    {
        if (!IsOn) return;

        var now = clock.GetUtcNow();
        db.Add(new OutgoingMail
        {
            Id = ids.New(),
            Cipher = box.Seal(Purpose.OutgoingMail, JsonColumn.Write(letter)),
            DueAt = now,
            CreatedAt = now,
        });
    }

    /// <summary>Tells that something was saved, so that it goes out at once.</summary>
    public void Post() => postman.Wake();
}
