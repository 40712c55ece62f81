using Carillon.Benchmarks;
using Carillon.Driving;

if (args is [Simulate.Name, ..]) return await Simulate.RunAsync(args[1..]);

StoreKind[] stores = args.Length == 0 ? [StoreKind.Sqlite, StoreKind.Postgres] : [.. args.Select(name => Enum.Parse<StoreKind>(name, ignoreCase: true))];

List<Report.Section> sections = [];
foreach (var store in stores)
    sections.Add(new(store, await Bench.RunAsync(store)));

var report = await Report.WriteAsync(sections);
Console.WriteLine(report);
return sections.All(section => section.Measures.All(measure => measure.Met != false)) ? 0 : 2;
