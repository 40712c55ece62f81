using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Carillon.Data.Execution;
using Carillon.Tests.Server.Preferences;
using Carillon.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using MimeKit;

namespace Carillon.Tests.Server.InboundMail;

/// <summary>What becomes of an answer to a mail, from the mail server that brings it to the application that waits for it.</summary>
public sealed class AnswerTests
{
    internal const string PassedOn = "Inbound mail - Passed on to the reply callback";

    private readonly FakeTimeProvider _clock = new(new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero));

    [Theory, InlineData(Store.Sqlite), InlineData(Store.Postgres)]
    public async Task The_application_hears_who_wrote_what_to_which_message(Store store)
    {
        await using var mail = await MailIn.StartAsync(store);
        var address = await mail.AskAsync();
        var file = new MimePart("image", "png") { FileName = "Größe.png", Content = new MimeContent(new MemoryStream([1, 2, 3])), ContentDisposition = new ContentDisposition("attachment") };
        var answer = MailIn.Letter();
        answer.Subject = "Re: Grüße 🎉";
        answer.Cc.Add(new MailboxAddress("Bob", "bob@example.com"));
        answer.Body = new Multipart("mixed") { answer.Body!, file };

        await mail.AnswerAsync(address.ToUpperInvariant(), answer);
        await UntilForgottenAsync(mail);

        var heard = Assert.Single(mail.Answers);
        Assert.Equal(("POST", "/replies/7"), (heard.Method, heard.Path));
        var body = heard.Json!;
        Assert.Equal(Hmac("ann", mail.App.ApiKey), (string?)body["hmac"]);
        Assert.Equal("""{"order":7}""", body["payload"]!.ToJsonString());
        Assert.Contains(address, (string?)mail.Peer.Received.First(request => request.Path == "/send").Json!["html"], StringComparison.Ordinal);
        Assert.Equal("ask-0", (string?)body["templateIdentifier"]);
        Assert.Equal("email", (string?)body["template"]!["steps"]![0]!["template"]!["type"]);
        Assert.Equal("ann", (string?)body["notification"]!["to"]!["subscriberId"]);
        Assert.Equal((string?)body["transactionId"], (string?)body["notification"]!["transactionId"]);
        Assert.Equal(("email", "ann@example.com"), ((string?)body["message"]!["channel"], (string?)body["message"]!["email"]));
        Assert.Contains((string)body["message"]!["_id"]!, address, StringComparison.Ordinal);
        Assert.True((DateTimeOffset)body["message"]!["expireAt"]! > (DateTimeOffset)body["message"]!["createdAt"]!);
        AssertMail(body["mail"]!, address.ToUpperInvariant());

        var job = (await mail.App.JobsOfAsync((string)body["transactionId"]!)).Single();
        var line = job.Lines().Single(line => line.GetProperty("detail").GetString() == PassedOn);
        Assert.Equal("Success", line.GetProperty("status").GetString());
        Assert.Equal("""{"from":"ann@example.com","attempts":1}""", line.GetProperty("raw").GetString());
    }

    [Fact]
    public async Task What_is_taken_is_kept_before_its_bringer_is_told_and_until_it_arrives()
    {
        var isDown = true;
        await using var mail = await MailIn.StartAsync(clock: _clock, status: () => isDown ? 500 : 204);
        var address = await mail.AskAsync();

        await mail.AnswerAsync(address);
        await mail.App.UntilAsync(async () => await AttemptsAsync(mail) == 1);
        isDown = false;
        mail.Advance(TimeSpan.FromMinutes(1));
        await UntilForgottenAsync(mail);

        Assert.Equal(2, mail.Answers.Count);
        Assert.Equal(mail.Answers[0].Body, mail.Answers[1].Body);
        Assert.Equal([Detail.ReplyPassedOn], await RepliesAsync(mail));
    }

    [Fact]
    public async Task What_does_not_arrive_for_a_day_is_given_up_and_the_trace_says_so()
    {
        await using var mail = await MailIn.StartAsync(clock: _clock, status: () => 503);
        var address = await mail.AskAsync();
        await mail.AnswerAsync(address);
        await mail.App.UntilAsync(async () => await AttemptsAsync(mail) == 1);

        mail.Advance(TimeSpan.FromHours(25));
        await UntilForgottenAsync(mail);

        Assert.Equal([Detail.ReplyNotPassedOn], await RepliesAsync(mail));
        Assert.Equal(2, mail.Answers.Count);
    }

    [Theory]
    [InlineData("http://10.0.0.1/replies", "10.0.0.1 is in a network that outbound calls may not reach")]
    [InlineData("ftp://example.com/replies", "The step has no callback URL that can be called")]
    public async Task An_address_that_may_not_be_called_is_not(string callback, string reason)
    {
        await using var mail = await MailIn.StartAsync();
        var address = await mail.AskAsync(callback);

        await mail.AnswerAsync(address);
        await UntilForgottenAsync(mail);

        Assert.Equal([Detail.ReplyNotPassedOn], await RepliesAsync(mail));
        Assert.Contains(reason, (await LinesAsync(mail))[^1].Raw, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_the_run_is_under_way_its_trace_waits_and_the_answer_is_passed_on_once()
    {
        await using var mail = await MailIn.StartAsync(clock: _clock);
        var address = await mail.AskAsync();
        await SetLeaseAsync(mail, 1);

        await mail.AnswerAsync(address);
        await mail.App.UntilAsync(async () => await OutcomeAsync(mail) is not null);
        await SetLeaseAsync(mail, null);
        mail.Advance(TimeSpan.FromSeconds(2));
        await UntilForgottenAsync(mail);

        Assert.Single(mail.Answers);
        Assert.Equal([Detail.ReplyPassedOn], await RepliesAsync(mail));
    }

    private static void AssertMail(JsonNode mail, string address)
    {
        Assert.Equal("Re: Grüße 🎉", (string?)mail["subject"]);
        Assert.Equal("Yes, please.\n.\nAnn", ((string)mail["text"]!).ReplaceLineEndings("\n").Trim());
        Assert.Contains("Yes, please.<br>", (string?)mail["html"], StringComparison.Ordinal);
        Assert.Equal("""[{"address":"ann@example.com","name":"Ann"}]""", mail["from"]!.ToJsonString());
        Assert.Equal("""[{"address":"bob@example.com","name":"Bob"}]""", mail["cc"]!.ToJsonString());
        Assert.Equal("ann@example.com", (string?)mail["envelopeFrom"]!["address"]);
        Assert.Equal(address, (string?)mail["envelopeTo"]![0]!["address"]);
        Assert.Equal("127.0.0.1", (string?)mail["connection"]!["remoteAddress"]);
        var file = Assert.Single(mail["attachments"]!.AsArray())!;
        Assert.Equal(("Größe.png", "image/png", 3, "AQID"),
            ((string?)file["fileName"], (string?)file["contentType"], (int)file["length"]!, (string?)file["content"]));
    }

    private static string Hmac(string text, string key) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(text)));

    private static Task UntilForgottenAsync(MailIn mail) => mail.App.UntilAsync(async () =>
    {
        await using var db = mail.App.OpenDb();
        return !await db.IncomingMails.AnyAsync();
    });

    private static async Task<int?> AttemptsAsync(MailIn mail)
    {
        await using var db = mail.App.OpenDb();
        return (await db.IncomingMails.SingleOrDefaultAsync())?.Attempts;
    }

    private static async Task<string?> OutcomeAsync(MailIn mail)
    {
        await using var db = mail.App.OpenDb();
        return (await db.IncomingMails.SingleOrDefaultAsync())?.Outcome;
    }

    private static async Task SetLeaseAsync(MailIn mail, long? token)
    {
        await using var db = mail.App.OpenDb();
        await db.Runs.ExecuteUpdateAsync(run => run.SetProperty(one => one.LeaseToken, token));
    }

    private static async Task<IReadOnlyList<TraceLine>> LinesAsync(MailIn mail)
    {
        await using var db = mail.App.OpenDb();
        return Trace.Read((await db.Runs.SingleAsync()).Trace);
    }

    private static async Task<Detail[]> RepliesAsync(MailIn mail) =>
        [.. (await LinesAsync(mail)).Select(line => line.Detail).Where(detail => detail is Detail.ReplyPassedOn or Detail.ReplyNotPassedOn)];
}
