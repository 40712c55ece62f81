using System.Globalization;
using System.Text;
using Carillon.Providers;
using Carillon.Providers.Reports;
using Carillon.Tests.Support;

namespace Carillon.Tests.Providers;

/// <summary>The guide's tables are the catalogue's, so that nobody reads of a field that is not there. As they should be they stand in <c>artifacts/providers.md</c>.</summary>
public sealed class ProviderGuideTests
{
    [Fact]
    public async Task The_guide_lists_what_is_shipped()
    {
        var guide = await File.ReadAllTextAsync(Repository.Folder("docs", "guides", "providers.md"));
        var table = Table();
        Directory.CreateDirectory(Repository.Folder("artifacts"));
        await File.WriteAllTextAsync(Repository.Folder("artifacts", "providers.md"), table);

        Assert.Contains(table, guide, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_guide_lists_whose_reports_are_read()
    {
        var guide = await File.ReadAllTextAsync(Repository.Folder("docs", "guides", "webhooks.md"));
        var rows = ProviderCatalogTests.Catalog().Values.Select(provider => provider.Info)
            .Where(info => info.Reports is not null)
            .OrderBy(info => info.Id, StringComparer.Ordinal)
            .Select(info => $"| `{info.Id}` | [{info.Name}]({info.Reports!.DocsUrl}) | {ProofOf(info.Reports)} |\n");
        var table = string.Concat(rows);
        Directory.CreateDirectory(Repository.Folder("artifacts"));
        await File.WriteAllTextAsync(Repository.Folder("artifacts", "reports.md"), table);

        Assert.Contains(table, guide, StringComparison.Ordinal);
    }

    private static string ProofOf(VendorReports reports) => reports.Signature switch
    {
        null => "address",
        { Key: not null } => "signature with `webhookSigningKey`",
        { NamesAccount: true } => "signature with the account's token",
        _ => "signature and address",
    };

    private static string Table()
    {
        var text = new StringBuilder();
        foreach (var channel in ProviderCatalogTests.Catalog().Values.GroupBy(provider => provider.Info.Channel).OrderBy(channel => channel.Key))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n### {channel.Key.WireName}\n\n| id | vendor | fields |\n|---|---|---|\n");
            foreach (var info in channel.Select(provider => provider.Info).OrderBy(info => info.Id, StringComparer.Ordinal))
                text.Append(CultureInfo.InvariantCulture, $"| `{info.Id}` | {NameOf(info)} | {string.Join(", ", info.Fields.Select(NameOf))} |\n");
        }

        return text.ToString().TrimStart('\n');
    }

    private static string NameOf(ProviderInfo info) => info.DocsUrl is { } docs ? $"[{info.Name}]({docs})" : info.Name;

    private static string NameOf(Field field) => $"`{field.Key}`{(field.IsRequired ? "" : "?")}{(field.IsSecret ? " 🔒" : "")}";
}
