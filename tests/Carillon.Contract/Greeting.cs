using System.Net.Http.Json;
using Carillon.Tests.Support;

namespace Carillon.Contract;

/// <summary>A workflow of one step, for tests that are about something else.</summary>
internal static class Greeting
{
    extension(CarillonApp app)
    {
        /// <summary>Returns the name that it is triggered by.</summary>
        public async Task<string> CreateGreetingAsync()
        {
            var made = await app.Api.PostAsJsonAsync("/v1/workflows", new
            {
                name = "Greet",
                notificationGroupId = app.NotificationGroupId,
                active = true,
                draft = false,
                steps = new[] { new { template = new { type = "in_app", content = "Hello" }, active = true } },
            });
            return (await made.DataAsync()).GetProperty("triggers")[0].GetProperty("identifier").GetString()!;
        }
    }
}
