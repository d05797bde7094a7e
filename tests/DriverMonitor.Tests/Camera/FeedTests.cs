using System.Collections.Concurrent;
using DriverMonitor.Camera;
using DriverMonitor.Tests.Support;
using DriverMonitor.Time;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace DriverMonitor.Tests.Camera;

public sealed class FeedTests
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongTime = TimeSpan.FromSeconds(20);

    private readonly FakeTimeProvider _time = new();
    private readonly LogLines _log = new();

    [Fact]
    public async Task The_newest_picture_wins_and_the_others_are_counted()
    {
        using var camera = new HandFedCamera();
        using var feed = CameraFeed.Open(camera, _time, _log);

        camera.Give("pppp");
        await Eventually.Sees("four pictures", () => feed.Frames == 4);
        var item = feed.Next(LongTime, CancellationToken.None);

        Assert.Equal((3, 3), (item.Frame!.Number, feed.Dropped));
        feed.Return(item.Frame);
        Assert.Null(feed.Next(Moment, CancellationToken.None).Frame);
    }

    [Fact]
    public async Task A_slow_loop_never_stops_the_camera_and_three_frames_are_enough()
    {
        using var camera = new HandFedCamera();
        using var feed = CameraFeed.Open(camera, _time, _log);

        for (var round = 1; round <= 50; round++)
        {
            camera.Give("p");
            var held = feed.Next(LongTime, CancellationToken.None).Frame!;
            camera.Give("ppp");
            await Eventually.Sees("pictures while one is judged", () => feed.Frames == round * 4);
            feed.Return(held);
            feed.Return(feed.Next(LongTime, CancellationToken.None).Frame!);
        }

        Assert.Equal((100, 3), (feed.Dropped, camera.FramesMade));
    }

    [Fact]
    public void Silence_carries_the_clock_of_the_feed()
    {
        using var camera = new HandFedCamera();
        using var feed = CameraFeed.Open(camera, _time, _log);
        _time.Advance(TimeSpan.FromSeconds(7));

        var silence = feed.Next(Moment, CancellationToken.None);

        Assert.Equal(new FeedItem(null, TimeSpan.FromSeconds(7), IsEnd: false), silence);
    }

    [Fact]
    public void A_live_picture_carries_the_time_at_which_it_came()
    {
        using var camera = new HandFedCamera();
        using var feed = CameraFeed.Open(camera, _time, _log);
        _time.Advance(TimeSpan.FromSeconds(3));
        camera.Give("p");

        var item = feed.Next(LongTime, CancellationToken.None);

        Assert.Equal((TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(3)), (item.At, item.Frame!.At));
        feed.Return(item.Frame);
    }

    [Fact]
    public async Task A_picture_that_was_on_its_way_while_silence_was_told_of_is_late_and_no_clock_that_runs_back()
    {
        using var log = new HeldLog();
        using var camera = new HandFedCamera();
        camera.Give("o");
        using var feed = CameraFeed.Open(camera, _time, log);
        await Eventually.Sees("a second try", () =>
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            return feed.Reopened == 1 && !log.HoldsTheCamera;
        });
        camera.Give("p");
        await Eventually.Sees("a picture that is held on its way", () =>
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            return log.HoldsTheCamera;
        });
        _time.Advance(TimeSpan.FromSeconds(5));
        var silence = feed.Next(Moment, CancellationToken.None);
        log.LetGo();

        var late = feed.Next(LongTime, CancellationToken.None);

        Assert.Null(silence.Frame);
        Assert.Equal((silence.At, silence.At), (late.At, late.Frame!.At));
        feed.Return(late.Frame);
    }

    // p: a picture; e: the device ends; x: reading fails; o: opening fails.
    [Theory]
    [InlineData("ends once", "ppepp", 1)]
    [InlineData("ends, then does not open twice", "peoop", 3)]
    [InlineData("fails with words, then ends at once three times", "pxeeep", 4)]
    [InlineData("is not there at the start", "ooop", 3)]
    public async Task Loss_and_return_are_logged_once_each_and_every_try_is_counted(string story, string life, int tries)
    {
        using var camera = new HandFedCamera();
        camera.Give(life);
        using var feed = CameraFeed.Open(camera, _time, _log);

        await Eventually.Sees($"a camera that {story} come back", () =>
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            return camera.IsDone;
        });
        await Eventually.Sees("all its pictures", () => feed.Frames == life.Count(step => step == 'p'));

        Assert.Equal(tries, feed.Reopened);
        Assert.Equal(2, _log.All.Count);
        Assert.StartsWith("Warning The camera is lost: ", _log.All[0], StringComparison.Ordinal);
        Assert.Equal("Information The camera is back.", _log.All[1]);
    }

    [Fact]
    public async Task A_camera_that_returns_with_another_size_is_read_on()
    {
        using var scripts = new CommandScripts();
        File.WriteAllText(scripts.PathOf("size"), "32");
        using var bitmap = new SkiaSharp.SKBitmap(32, 16);
        using var larger = new SkiaSharp.SKBitmap(640, 480);
        File.WriteAllBytes(scripts.PathOf("first"), bitmap.Encode(SkiaSharp.SKEncodedImageFormat.Jpeg, 90).ToArray());
        File.WriteAllBytes(scripts.PathOf("second"), larger.Encode(SkiaSharp.SKEncodedImageFormat.Jpeg, 90).ToArray());
        using var feed = CameraFeed.Open(
            scripts.Camera("cat first; rm first 2>/dev/null && exit 1; cat second; exec sleep 60", CommandFormat.Mjpeg), _time, _log);

        foreach (var width in (int[])[32, 640])
        {
            FeedItem item = default;
            await Eventually.Sees($"a picture {width} wide", () =>
            {
                _time.Advance(TimeSpan.FromSeconds(1));
                item = feed.Next(Moment, CancellationToken.None);
                return item.Frame is not null;
            });
            Assert.Equal(width, item.Frame!.Width);
            feed.Return(item.Frame);
        }
    }

    [Fact]
    public async Task The_lamp_is_lit_before_the_camera_opens_and_dark_once_it_is_closed()
    {
        using var camera = new HandFedCamera();
        camera.Give("pep");
        var life = new ConcurrentQueue<string>();
        camera.Happened = life.Enqueue;
        var feed = CameraFeed.Open(camera, _time, _log, on =>
        {
            life.Enqueue(on ? "lit" : "dark");
            return true;
        });
        await Eventually.Sees("both pictures", () =>
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            return feed.Frames == 2;
        });

        feed.Dispose();

        Assert.Equal("lit, open, close, dark, lit, open, close, dark", string.Join(", ", life));
    }

    [Fact]
    public async Task A_camera_whose_lamp_must_be_lit_and_cannot_stays_shut()
    {
        using var camera = new HandFedCamera();
        var life = new ConcurrentQueue<string>();
        camera.Happened = life.Enqueue;
        using var feed = CameraFeed.Open(camera, _time, _log, on => !on);

        await Eventually.Sees("some tries", () =>
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            return feed.Reopened >= 3;
        });

        Assert.DoesNotContain("open", life);
        Assert.Equal("Warning The camera is lost: its lamp cannot be lit, and Gpio:LampRequired keeps it off without. Trying again.", Assert.Single(_log.All));
    }

    [Fact]
    public async Task Asleep_it_gives_the_device_back_and_awake_it_opens_it_again_on_the_same_clock()
    {
        using var camera = new HandFedCamera();
        var lamp = false;
        using var feed = CameraFeed.Open(camera, _time, _log, on =>
        {
            lamp = on;
            return true;
        });
        camera.Give("p");
        feed.Return(feed.Next(LongTime, CancellationToken.None).Frame!);

        for (var nap = 1; nap <= 20; nap++)
        {
            feed.Sleep();
            feed.Sleep(); // said at every turn of the loop
            await Eventually.Sees("a closed camera", () => camera.Closed == nap && !lamp);
            _time.Advance(TimeSpan.FromMinutes(1));
            Assert.Equal(new FeedItem(null, TimeSpan.FromMinutes(nap), IsEnd: false), feed.Next(Moment, CancellationToken.None));

            feed.Wake();
            camera.Give("p");
            var item = feed.Next(LongTime, CancellationToken.None);
            Assert.Equal((TimeSpan.FromMinutes(nap), true), (item.At, lamp));
            feed.Return(item.Frame!);
        }

        Assert.Equal(0, feed.Reopened);
        Assert.Empty(_log.All); // nothing was lost
    }

    [Fact]
    public async Task A_camera_that_is_not_there_can_sleep_too()
    {
        using var camera = new HandFedCamera();
        camera.Give("o");
        using var feed = CameraFeed.Open(camera, _time, _log);
        await Eventually.Sees("that it is lost", () => _log.All.Count == 1);

        feed.Sleep(); // in the pause before the next try
        feed.Wake();
        camera.Give("p");

        feed.Return(feed.Next(LongTime, CancellationToken.None).Frame!);
    }

    [Fact]
    public void A_bug_in_the_camera_reaches_the_loop()
    {
        using var camera = new HandFedCamera();
        camera.Give("b");
        using var feed = CameraFeed.Open(camera, _time, _log);

        var error = Assert.Throws<InvalidOperationException>(() => feed.Next(LongTime, CancellationToken.None));

        Assert.IsType<NotSupportedException>(error.InnerException);
    }

    [Fact]
    public void A_stop_ends_the_wait_and_the_camera_is_disposed()
    {
        using var camera = new HandFedCamera();
        var feed = CameraFeed.Open(camera, _time, _log);
        using var stop = new CancellationTokenSource();
        stop.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => feed.Next(LongTime, stop.Token));
        feed.Dispose();

        Assert.True(camera.IsDisposed);
    }

    [Fact]
    public void A_frame_may_come_back_after_the_end()
    {
        using var camera = new HandFedCamera();
        var feed = CameraFeed.Open(camera, _time, _log);
        camera.Give("p");
        var frame = feed.Next(LongTime, CancellationToken.None).Frame!;

        feed.Dispose();
        feed.Return(frame);
    }

    [Fact]
    public void The_wait_for_a_lost_camera_doubles_to_two_seconds_and_starts_again_once_it_held()
    {
        var backOff = BackOff.OfCamera();
        double[] Waits() => [.. Enumerable.Range(0, 7).Select(_ => backOff.Next().TotalSeconds)];

        double[] expected = [0.25, 0.5, 1, 2, 2, 2, 2];
        Assert.Equal(expected, Waits());
        backOff.Hold(TimeSpan.FromSeconds(4.9));
        Assert.Equal(2, backOff.Next().TotalSeconds);
        backOff.Hold(TimeSpan.FromSeconds(5));
        Assert.Equal(expected, Waits());
    }

    /// <summary>Holds up who says that the camera is back: its first picture has its time then, and is not shown yet.</summary>
    private sealed class HeldLog : ILogger, IDisposable
    {
        private readonly ManualResetEventSlim _go = new();

        public bool HoldsTheCamera { get; private set; }

        public void LetGo() => _go.Set();

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel != LogLevel.Information) return;
            HoldsTheCamera = true;
            _go.Wait(TimeSpan.FromMinutes(2));
        }

        public void Dispose() => _go.Set();
    }

    /// <summary>A live camera that does what it is told, one letter a step, and then waits.</summary>
    private sealed class HandFedCamera : ICamera
    {
        private readonly BlockingCollection<char> _steps = [];

        public bool IsLive => true;
        public int? FrameCount => null;
        public int FramesMade { get; private set; }
        public bool IsDisposed { get; private set; }
        public bool IsDone => _steps.Count == 0;
        public Action<string> Happened { get; set; } = _ => { };

        public void Give(string steps)
        {
            foreach (var step in steps) _steps.Add(step);
        }

        public void Open()
        {
            Happened("open");
            if (!_steps.TryTake(out var step)) return;
            if (step == 'o') throw new CameraException("Nothing there.");
            _next = step;
        }

        public Frame NewFrame()
        {
            FramesMade++;
            return new Frame(8, 8, PixelLayout.Gray8);
        }

        public bool Read(Frame frame, CancellationToken stop)
        {
            var step = _next ?? _steps.Take(stop);
            _next = null;
            return step switch
            {
                'p' => true,
                'e' => false,
                'x' => throw new CameraException("Cable pulled."),
                _ => throw new NotSupportedException("bug"),
            };
        }

        public int Closed { get; private set; }

        public void Close()
        {
            Closed++;
            Happened("close");
        }

        public void Dispose() => IsDisposed = true;

        private char? _next;
    }
}
