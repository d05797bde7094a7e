using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using DriverMonitor.Hosting;
using DriverMonitor.Tests.Support;

namespace DriverMonitor.Tests.Web;

/// <summary>Erasures, exports and a look at the audit log, all at once, at the real service.</summary>
public sealed class RightsAtOnceTests : IDisposable
{
    private const int AtOnce = 5;

    private readonly string _folder = Directory.CreateTempSubdirectory("rights-at-once").FullName;
    private readonly int _port = Loopback.FreePort();

    private string Settings => Path.Combine(_folder, "settings.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Five_erasures_and_exports_at_once_are_all_answered_and_the_audit_holds()
    {
        await File.WriteAllTextAsync(Settings, $$"""
            { "DriverMonitor": { "Camera": { "Source": "/dev/video99" }, "Web": { "Port": {{_port}} },
              "Profiles": { "Folder": "{{_folder}}/state", "Driver": "anna" }, "Fleet": { "Folder": "{{_folder}}/state" } } }
            """);
        await using var service = RunningProgram.Start("run", "--config", Settings);
        await service.Says("The page is at");
        using var client = await SignInAsync();

        var answers = new List<(string Path, HttpStatusCode Code)>();
        var audits = new List<(int ExitCode, string Output, string Errors)>();
        for (var round = 0; round < 3; round++)
        {
            var auditing = TheProgram.RunAsync("audit", "verify", "--config", Settings);
            var asking = Enumerable
                .Range(0, AtOnce)
                .SelectMany(_ => new[] { AskAsync(client, "/api/erase"), AskAsync(client, "/api/export") });
            answers.AddRange(await Task.WhenAll(asking));
            audits.Add(await auditing);
        }

        // Who comes after the first finds nothing left, and is told so.
        Assert.All(answers, answer => Assert.True(
            answer.Code is HttpStatusCode.OK or HttpStatusCode.NotFound, $"{answer}\n{service.Log}"));
        Assert.All(audits, audit => Assert.True(audit.ExitCode == ExitCode.Fine, $"{audit}"));
        Assert.Equal(0, await service.StopAsync());
    }

    private async Task<HttpClient> SignInAsync()
    {
        var client = new HttpClient { BaseAddress = new($"http://127.0.0.1:{_port}"), Timeout = TimeSpan.FromSeconds(60) };
        var session = await client.GetFromJsonAsync<JsonElement>("/api/session");
        client.DefaultRequestHeaders.Add("X-Csrf-Token", session.GetProperty("csrf").GetString());
        return client;
    }

    private static async Task<(string Path, HttpStatusCode Code)> AskAsync(HttpClient client, string path)
    {
        using var answer =
            path == "/api/erase"
                ? await client.PostAsJsonAsync(path, new { driver = "anna" })
                : await client.PostAsync(path, null);
        return (path, answer.StatusCode);
    }
}
