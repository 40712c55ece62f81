using System.Text.Json;
using System.Xml;
using System.Xml.Linq;

namespace Carillon.Providers.Http;

/// <summary>What a vendor answered. It may be anything; what is looked for and not there is null.</summary>
internal sealed class VendorAnswer(OutboundResult.Answer answer)
{
    private JsonElement? Body => field ??= JsonBody.Parse(answer.Body);

    public int Status => (int)answer.Status;

    public bool IsSuccess => answer.IsSuccess;

    public string Text => answer.Text;

    public string? Header(string name) => answer.Header(name);

    /// <summary>A text, number or truth in the JSON, by its path: <c>messages.0.id</c>; <c>-1</c> is the last of a list.</summary>
    public string? this[string path] => JsonBody.Text(At(path));

    public JsonElement? At(string path) => JsonBody.Find(Body, path);

    /// <summary>What stands in the first element of this name, whatever its namespace.</summary>
    public string? Xml(string name)
    {
        try
        {
            using var reader = XmlReader.Create(new StringReader(Text), new() { DtdProcessing = DtdProcessing.Prohibit });
            return XDocument.Load(reader).Descendants().FirstOrDefault(element => element.Name.LocalName == name)?.Value;
        }
        catch (XmlException)
        {
            return null;
        }
    }
}
