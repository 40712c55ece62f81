using System.Text.Json;
using Carillon.Server.Changes;

namespace Carillon.Tests.Server.Changes;

public sealed class RecursiveDiffTests
{
    [Theory]
    [InlineData("{}", """{"a":1,"b":{"c":[]}}""", """[{"op":"add","path":["a"],"val":1},{"op":"add","path":["b"],"val":{"c":[]}}]""")]
    [InlineData("""{"a":1,"b":2}""", """{"b":3,"c":null}""", """[{"op":"delete","path":["a"],"oldVal":1},{"op":"update","path":["b"],"val":3,"oldVal":2},{"op":"add","path":["c"],"val":null}]""")]
    [InlineData("""{"s":[{"t":"x","n":1}]}""", """{"s":[{"n":1,"r":{}}]}""", """[{"op":"delete","path":["s",0,"t"],"oldVal":"x"},{"op":"add","path":["s",0,"r"],"val":{}}]""")]
    [InlineData("""{"s":[1,2,3]}""", """{"s":[1]}""", """[{"op":"delete","path":["s",1],"oldVal":2},{"op":"delete","path":["s",2],"oldVal":3}]""")]
    [InlineData("""{"s":[1]}""", """{"s":[2,3]}""", """[{"op":"update","path":["s",0],"val":2,"oldVal":1},{"op":"add","path":["s",1],"val":3}]""")]
    [InlineData("""{"s":{}}""", """{"s":[]}""", """[{"op":"update","path":["s"],"val":[],"oldVal":{}}]""")]
    [InlineData("""{"s":{"a":null}}""", """{"s":{"a":null}}""", "[]")]
    public void What_changed_is_told_line_by_line(string before, string after, string lines)
    {
        var told = RecursiveDiff.Of(JsonSerializer.Deserialize<JsonElement>(before), JsonSerializer.Deserialize<JsonElement>(after));

        Assert.Equal(lines, JsonSerializer.Serialize(told, Carillon.Server.Http.Answers.Wire.Json));
    }

    [Fact]
    public void Of_what_was_not_there_everything_is_new() =>
        Assert.Equal("""[{"op":"add","path":["a"],"val":true}]""", JsonSerializer.Serialize(
            RecursiveDiff.Of(null, JsonSerializer.Deserialize<JsonElement>("""{"a":true}""")), Carillon.Server.Http.Answers.Wire.Json));
}
