using Carillon.Benchmarks;

if (args is [Simulate.Name, ..]) return await Simulate.RunAsync(args[1..]);

var asked = args.Length == 0 ? Subject.Always : [.. args.Select(Subject.Named)];

var met = true;
foreach (var subject in asked)
{
    var measures = await subject.MeasureAsync();
    Console.WriteLine(await Report.WriteAsync(subject, measures));
    met &= measures.All(measure => measure.Met != false);
}

return met ? 0 : 2;
