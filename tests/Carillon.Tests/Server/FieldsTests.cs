using System.Text.Json;
using Carillon.Server.Http.Input;
using Microsoft.AspNetCore.WebUtilities;

namespace Carillon.Tests.Server;

/// <summary>The texts and their order, as clients know them.</summary>
public sealed class FieldsTests
{
    [Theory]
    [InlineData("{}", "subscribers must contain no more than 2 elements|subscribers should not be empty|subscribers must be an array")]
    [InlineData("""{"subscribers":[]}""", "subscribers should not be empty")]
    [InlineData("""{"subscribers":[{},{},{}]}""", "subscribers must contain no more than 2 elements|subscribers.0.subscriberId should not be null or undefined|subscribers.0.subscriberId must be a string|subscribers.1.subscriberId should not be null or undefined|subscribers.1.subscriberId must be a string|subscribers.2.subscriberId should not be null or undefined|subscribers.2.subscriberId must be a string")]
    [InlineData("""{"subscribers":[{"subscriberId":"a"},{"subscriberId":"b","email":"x"}]}""", "subscribers.1.email must be an email")]
    [InlineData("""{"subscribers":"x"}""", "subscribers must contain no more than 2 elements|subscribers should not be empty|subscribers must be an array|nested property subscribers must be either object or array")]
    [InlineData("""{"subscribers":["x"]}""", "each value in nested property subscribers must be either object or array")]
    public void Elements_are_named_by_their_place(string body, string complaints) => Assert.Equal(complaints, Complaints(body, fields =>
        fields["subscribers"].ArrayMaxSize(2).ArrayNotEmpty().Array().Items(item => (item.RequiredString("subscriberId"), item.OptionalEmail("email")))));

    [Theory]
    [InlineData("""{"actor":{"firstName":"A"}}""", "actor.subscriberId should not be null or undefined|actor.subscriberId must be a string")]
    [InlineData("""{"actor":"x"}""", "nested property actor must be either object or array")]
    [InlineData("""{"actor":null}""", "")]
    public void An_object_in_the_object_is_named_too(string body, string complaints) =>
        Assert.Equal(complaints, Complaints(body, fields => fields["actor"].Optional().Nested(actor => actor.RequiredString("subscriberId"))));

    [Theory]
    [InlineData("""{"id":""}""", "id should not be empty")]
    [InlineData("""{"id":null}""", "id should not be empty|id must be a string")]
    [InlineData("""{"id":1}""", "id must be a string")]
    public void Empty_is_not_the_same_as_wrong(string body, string complaints) =>
        Assert.Equal(complaints, Complaints(body, fields => fields.NonEmptyString("id")));

    [Theory]
    [InlineData("", "")]
    [InlineData("page=1&limit=100", "")]
    [InlineData("page=abc", "page must be an integer number")]
    [InlineData("page=-1", "page must not be less than 0")]
    [InlineData("page=1.5", "page must be an integer number")]
    [InlineData("page=99999999999", "page must not be greater than 1000000")]
    [InlineData("limit=101", "limit must not be greater than 100")]
    [InlineData("limit=0", "limit must not be less than 1")]
    [InlineData("limit=", "limit must not be less than 1")]
    [InlineData("limit=abc", "limit must not be greater than 100|limit must not be less than 1|limit must be an integer number")]
    [InlineData("limit=1e400", "limit must not be greater than 100|limit must be an integer number")]
    public void Pages_are_numbers_in_range(string query, string complaints)
    {
        var fields = new Fields(FormText.ToJson(QueryHelpers.ParseQuery(query)), isText: true);

        fields.Page();
        fields.Limit(10, max: 100);

        Assert.Equal(complaints, Shown(fields));
    }

    [Theory]
    [InlineData("tags=a", "tags must be an array")]
    [InlineData("tags=a&tags=b", "")]
    [InlineData("tags[]=a", "")]
    [InlineData("tags[0]=a&tags[1]=b", "")]
    public void A_query_knows_arrays(string query, string complaints)
    {
        var fields = new Fields(FormText.ToJson(QueryHelpers.ParseQuery(query)), isText: true);

        fields.OptionalStrings("tags");

        Assert.Equal(complaints, Shown(fields));
    }

    [Theory]
    [InlineData("en_US", true)]
    [InlineData("de", true)]
    [InlineData("zh-Hant-TW", true)]
    [InlineData("zz_ZZ_ZZ_!!", false)]
    [InlineData("", false)]
    public void Locales_are_told_from_other_text(string text, bool isLocale) => Assert.Equal(isLocale, Formats.IsLocale(text));

    [Theory]
    [InlineData("a@example.com", true)]
    [InlineData("a.b+c@ex-ample.co.uk", true)]
    [InlineData("ö@bücher.example", true)]
    [InlineData("a@b", false)]
    [InlineData("nope", false)]
    [InlineData("a b@example.com", false)]
    [InlineData("a@@example.com", false)]
    [InlineData("a@example.com\r\nBcc: x@example.com", false)]
    public void Addresses_are_told_from_other_text(string text, bool isEmail) => Assert.Equal(isEmail, Formats.IsEmail(text));

    private static string Complaints<T>(string body, Func<Fields, T> read)
    {
        var fields = new Fields(JsonDocument.Parse(body).RootElement);
        read(fields);
        return Shown(fields);
    }

    private static string Shown(Fields fields) => fields.Problem is { } problem ? string.Join('|', (IReadOnlyList<string>)problem.Message) : "";
}
