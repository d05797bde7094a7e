using DriverMonitor.Hosting;
using DriverMonitor.Monitoring;
using DriverMonitor.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace DriverMonitor.Tests.Hosting;

/// <summary>A service runs, here in the process of the tests, and <c>check</c> is asked beside it.</summary>
public sealed class PartsReportTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("parts").FullName;

    private string File => Path.Combine(_folder, PartsFile.Name);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Check_names_the_part_that_fails_in_the_running_service()
    {
        using var supervisor = new Supervisor(TimeProvider.System, NullLogger<Supervisor>.Instance);
        using var parts = new PartsFile(_folder, NullLogger<PartsFile>.Instance);
        await Eventually.Sees("a report without faults", () => Reported() == "all of the running service work");

        supervisor.Changed += _ => parts.Update(supervisor);
        supervisor.Of(ServicePart.Recorder).Fail(new NotImplementedException("never written"));
        await Eventually.Sees("the fault", () => !PartsReport.Check(_folder).Ok);

        var settings = Path.Combine(_folder, "settings.json");
        await System.IO.File.WriteAllTextAsync(settings, $$"""
            { "DriverMonitor": { "Camera": { "Kind": "Url", "Source": "http://127.0.0.1:1/none" }, "Web": { "Enabled": false },
                "Outbox": { "Folder": "{{_folder}}" } } }
            """);
        var (exit, output, _) = await TheProgram.RunAsync("check", "--config", settings);
        Assert.Equal(ExitCode.Failed, exit);
        var line = Assert.Single(output.Split('\n'), line => line.Contains("  parts ", StringComparison.Ordinal));
        Assert.StartsWith("FAIL  parts", line, StringComparison.Ordinal);
        Assert.Contains("recorder fails and is started again (1 times, ", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_stopped_leaves_no_report()
    {
        var parts = new PartsFile(_folder, NullLogger<PartsFile>.Instance);
        await Eventually.Sees("a report", () => System.IO.File.Exists(File));
        parts.Dispose();
        Assert.False(System.IO.File.Exists(File));
        Assert.Equal("not known, for the service does not run", Reported());
    }

    //   what lies there                                                                         is well, and what is said
    public static TheoryData<string, bool, string> Files => new()
    {
        { """{"Process":"PID 1","Failing":[{"Name":"link","IsDown":true,"Failures":5}]}""", true, "not known" },
        { """{"Process":"OWN","Failing":[{"Name":"link","IsDown":true,"Failures":5}]}""", false, "link is left down (5 times, no reason known)" },
        { """{"Process":"OWN","Failing":null}""", true, "all of the running service work" },
        { """{"Process":"99999999 7","Failing":[]}""", true, "not known" },
        { """{"Process":"-1 7","Failing":[]}""", true, "not known" },
        { """{"Process":null}""", true, "not known" },
        { "null", true, "not known" },
        { """{"Process":"OWN","Failing":[{"Name":"a\u001b[2J","IsDown":true,"Failures":9223372036854775807}]}""", false, "a\\x1b[2J" },
        { """{"Process":"OWN","Failing":[{"Name":"link","Failures":1e400}]}""", false, "cannot be read" },
        { "", false, "cannot be read" },
        { "\0\0\0", false, "cannot be read" },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void Whatever_lies_there_is_one_line(string content, bool isWell, string said)
    {
        System.IO.File.WriteAllText(File, content
            .Replace("OWN", ProcessIdentity.Own, StringComparison.Ordinal)
            .Replace("PID", $"{Environment.ProcessId}", StringComparison.Ordinal));
        var line = PartsReport.Check(_folder);
        Assert.Equal(isWell, line.Ok);
        Assert.Contains(said, line.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(line.Text, char.IsControl);
    }

    [Fact]
    public void A_pipe_in_its_place_is_not_waited_for()
    {
        using var made = System.Diagnostics.Process.Start("mkfifo", [File]);
        made.WaitForExit();
        Assert.False(PartsReport.Check(_folder).Ok);
    }

    private string Reported() => PartsReport.Check(_folder).Text;
}
