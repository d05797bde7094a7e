using System.Net;
using System.Net.Sockets;
using DriverMonitor.Camera;
using DriverMonitor.Hosting;
using DriverMonitor.Tests.Support;

namespace DriverMonitor.Tests.Camera;

/// <summary>
/// What decodes a network camera's pictures is taken over by a hostile stream: here by a shell, which tries what an intruder would.
/// </summary>
public sealed class DecoderProcessTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("decoder").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("computes and hands on what it reads", "while read -r line; do echo \"$line!\"; done", "a stream!")]
    [InlineData("opens a connection", "{ exec 3<>/dev/tcp/127.0.0.1/PORT; } && echo connected", "")]
    [InlineData("asks a name server", "{ exec 3<>/dev/udp/127.0.0.1/PORT; } && echo connected", "")]
    [InlineData("writes a file", "{ echo x >FOLDER/made; } && echo written", "")]
    [InlineData("appends to a file", "{ echo x >>FOLDER/secret; } && echo written", "")]
    [InlineData("reads what is kept of a driver", "{ read -r line <FOLDER/secret; } && echo \"$line\"", "")]
    [InlineData("starts a program", "(echo forked); /bin/echo started", "")]
    [InlineData("becomes another program and goes on from there", "exec /bin/bash -c '{ echo x >FOLDER/made; } && echo written'", "")]
    [InlineData("sends the service a signal", "kill -0 PARENT && echo reached", "")]
    public async Task A_decoder_that_was_taken_over_can(string what, string script, string output)
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await File.WriteAllTextAsync(Path.Combine(_folder, "secret"), "pulse 68\n");
        script = script.Replace("FOLDER", _folder, StringComparison.Ordinal)
            .Replace("PORT", $"{((IPEndPoint)listener.LocalEndpoint).Port}", StringComparison.Ordinal)
            .Replace("PARENT", $"{Environment.ProcessId}", StringComparison.Ordinal);

        var (code, said, errors) = await TheProgram.RunAsync("decode", "echo", "a stream", "--", "bash", "-c", script);

        Assert.Equal((what, output), (what, said.TrimEnd()));
        Assert.True(output.Length == 0 || code == 0, errors);
        Assert.False(listener.Pending());
        Assert.Equal(["secret"], Directory.GetFiles(_folder).Select(Path.GetFileName));
        Assert.Equal("pulse 68\n", await File.ReadAllTextAsync(Path.Combine(_folder, "secret")));
        listener.Stop();
    }

    [Fact]
    public void It_is_known_whether_the_kernel_can_confine_it() =>
        Assert.Equal(File.Exists("/proc/sys/kernel/seccomp/actions_avail"), DecoderFilter.IsSupported);

    [Theory]
    [InlineData(ExitCode.BadUsage, "decode", "ffmpeg")]
    [InlineData(ExitCode.BadUsage, "decode", "--", "ffmpeg")]
    [InlineData(ExitCode.BadUsage, "decode", "ffmpeg", "--")]
    [InlineData(ExitCode.InputUnreadable, "decode", "echo", "--", "no-such-program")]
    [InlineData(ExitCode.InputUnreadable, "decode", "no-such-program", "--", "cat")]
    public async Task What_cannot_begin_says_so_in_one_line(int expected, params string[] arguments)
    {
        var (code, _, errors) = await TheProgram.RunAsync(arguments);

        Assert.Equal(expected, code);
        Assert.Single(errors.TrimEnd().Split('\n'));
    }
}
