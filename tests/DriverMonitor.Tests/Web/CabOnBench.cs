using DriverMonitor.Camera;
using DriverMonitor.Core;
using DriverMonitor.Gpio;
using DriverMonitor.HeartRate;
using DriverMonitor.Hosting;
using DriverMonitor.Monitoring;
using DriverMonitor.Tests.Support;
using DriverMonitor.Vehicle;
using DriverMonitor.Vision;
using DriverMonitor.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging.Abstractions;

namespace DriverMonitor.Tests.Web;

/// <summary>
/// The service's parts in this process, around a board whose button a test can press and a camera that it chooses.
/// </summary>
internal sealed class CabOnBench : IAsyncDisposable
{
    private const int ButtonLine = 23;

    private readonly TimeProvider _time = TimeProvider.System;
    private readonly CancellationTokenSource _stop = new();
    private readonly MonitorOptions _settings = new() { Gpio = new() { Board = BoardKind.Virtual, ButtonLine = ButtonLine } };
    private readonly Requests _requests = new();
    private readonly WebOutputs _page;
    private readonly OutputController _cab;
    private readonly Task _loop;
    private WebApplication? _server;

    private CabOnBench(ICamera camera)
    {
        _page = new WebOutputs(_settings, _time);
        _cab = new(_settings.Gpio, _requests, NullLoggerFactory.Instance, _page.AllowAim);
        _loop = Task.Factory.StartNew(
            () => Watch(camera), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    public string Address => _server!.Urls.First();

    /// <summary>How often the button was answered by three chirps in a row: 240 ms, more where the processor is busy.</summary>
    public int ChirpsInThrees
    {
        get
        {
            var on = _cab.Recording!.Edges.Where(edge => edge.High && edge.Line == _settings.Gpio.BuzzerLineUsed)
                .Select(edge => edge.At)
                .ToList();
            return Enumerable.Range(2, Math.Max(0, on.Count - 2)).Count(i => on[i] - on[i - 2] < TimeSpan.FromMilliseconds(1_500));
        }
    }

    public static async Task<CabOnBench> StartAsync(ICamera camera)
    {
        var cab = new CabOnBench(camera);
        var web = cab._settings.Web with { Port = Loopback.FreePort() };
        cab._server = await new PageServer(
            web,
            PageSecurity.Open(web),
            cab._time,
            NullLoggerFactory.Instance
        ).StartSomewhereAsync(
            cab._page.Sink,
            cab._page.ActionsOfDemo(cab._requests, cab._cab.Buzzer),
            cab._settings.Judgement.Picture,
            cab._stop.Token);
        return cab;
    }

    /// <summary>A finger that presses so often, a fifth of a second down and as long up.</summary>
    public async Task PressAsync(int times)
    {
        for (var i = 0; i < 2 * times; i++)
        {
            _cab.Recording!.Drive(ButtonLine, high: i % 2 == 1);
            await Task.Delay(TimeSpan.FromMilliseconds(200), _time, _stop.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        await _server!.DisposeAsync();
        _cab.Dispose();
        _page.Dispose();
        _stop.Dispose();
    }

    private void Watch(ICamera camera)
    {
        using var reader = new FaceReader(_settings.Vision, _settings.Camera.Orientation, _time);
        using var feed = CameraFeed.Open(camera, _time);
        new MonitorLoop(
            feed, reader, new ScriptedHeart(), new FixedSpeed(80), new MonitorPipeline(_settings.Judgement),
            new FanOut([_cab.Buzzer, .. _page.Sinks], NullLogger.Instance), requests: _requests, aim: _page.Aim).Run(_stop.Token);
    }
}
