using System.Text.Json;

namespace Carillon.Demo;

/// <summary>What the demonstration prints.</summary>
internal static class Show
{
    public static void Title(string title) => Console.WriteLine($"\n{title}");

    public static void Line(string text) => Console.WriteLine($"  {text}");

    /// <summary>The steps of one person's notification, each with its account.</summary>
    public static void Account(JsonElement notification)
    {
        var person = notification.GetProperty("to").GetProperty("subscriberId").GetString();
        foreach (var job in notification.GetProperty("jobs").EnumerateArray())
        {
            Line($"{person}, {job.GetProperty("type").GetString()}: {job.GetProperty("status").GetString()}");
            foreach (var line in job.GetProperty("executionDetails").EnumerateArray())
                Line($"    {line.GetProperty("createdAt").GetString()}  {line.GetProperty("detail").GetString()}");
        }
    }
}
