using System.Device.Spi;
using System.Drawing;
using DriverMonitor.Core.Alerts;
using Iot.Device.Ws28xx;

namespace DriverMonitor.Devices;

/// <summary>A ring of lights that shows one state by colour and form; dimmed at night.</summary>
internal sealed class StatusRing(SpiDevice bus, int lights, StatusBoard board) : IPolledDevice
{
    private readonly Ws2812b _ring = new(bus, lights);
    private bool _isBlinkOn;

    public void Poll()
    {
        var (glance, isNight) = (board.Glance, board.IsNight);
        var look = GlanceLook.Of(glance.State);
        _isBlinkOn = !_isBlinkOn;
        var isLit = !look.Blinks || _isBlinkOn;
        var dim = isNight ? GlanceLook.NightShare : 1;
        for (var i = 0; i < lights; i++)
        {
            // Form tells what colour alone does not tell everybody: all lights, every other one, or one.
            var on = isLit && i % look.EveryNth(lights) == 0;
            _ring.Image.SetPixel(i, 0, on ? Scale(look.Colour, dim) : Color.Black);
        }

        _ring.Update();
    }

    public void Dispose()
    {
        for (var i = 0; i < lights; i++) _ring.Image.SetPixel(i, 0, Color.Black);
        _ring.Update();
        bus.Dispose();
    }

    private static Color Scale(Color colour, double share) =>
        Color.FromArgb((int)(colour.R * share), (int)(colour.G * share), (int)(colour.B * share));
}
