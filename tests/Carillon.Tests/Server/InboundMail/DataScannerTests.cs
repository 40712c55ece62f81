using System.Text;
using Carillon.Server.InboundParse.Smtp;

namespace Carillon.Tests.Server.InboundMail;

public sealed class DataScannerTests
{
    [Theory]
    [InlineData("a\r\n.\r\n", "a\r\n")]
    [InlineData(".\r\n", "")]
    [InlineData("..\r\n...x\r\n.y\r\n.\r\n", ".\r\n..x\r\ny\r\n")]
    [InlineData("a\n.\nb\r\n.\r\n", "a\n.\nb\r\n")]
    [InlineData("a\r.\rb\r\n.\r\n", "a\r.\rb\r\n")]
    [InlineData("a\n.\r\nb\r\n.\r\n", "a\n.\r\nb\r\n")]
    [InlineData("a\r\n.\rb\r\n.\r\n", "a\r\n\rb\r\n")]
    [InlineData("a\r\n.\nb\r\n.\r\n", "a\r\n\nb\r\n")]
    [InlineData("a\r\r\n.\r\n", "a\r\r\n")]
    public void A_mail_ends_at_a_dot_between_two_line_ends_and_nowhere_else(string sent, string content)
    {
        // However it is cut on the way.
        for (var size = 1; size <= sent.Length; size++)
        {
            var scanner = new DataScanner(100);
            foreach (var part in Encoding.ASCII.GetBytes(sent).Chunk(size))
            {
                Assert.False(scanner.HasEnded);
                scanner.Take(part);
            }

            Assert.Equal((true, content), (scanner.HasEnded, Encoding.ASCII.GetString(scanner.Content)));
        }
    }

    [Fact]
    public void What_follows_the_mail_is_left()
    {
        var scanner = new DataScanner(100);

        Assert.Equal(6, scanner.Take("a\r\n.\r\nQUIT\r\n"u8));
    }

    [Fact]
    public void One_that_is_too_large_is_read_to_its_end_and_not_kept()
    {
        var scanner = new DataScanner(10);
        scanner.Take(new byte[1_000]);
        scanner.Take("\r\n.\r\n"u8);

        Assert.Equal((true, true, 10), (scanner.HasEnded, scanner.IsTooLarge, scanner.Content.Length));
    }
}
