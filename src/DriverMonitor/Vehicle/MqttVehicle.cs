using DriverMonitor.Core.Signals;
using DriverMonitor.Hosting;
using DriverMonitor.Mqtt;

namespace DriverMonitor.Vehicle;

/// <summary>
/// A vehicle whose gateway tells of speed, ignition and steering: give its messages to <see cref="Handle"/>, on any thread.
/// </summary>
/// <param name="keepsPosition">Whether the position may be known here at all.</param>
internal sealed class MqttVehicle(TimeProvider time, bool keepsPosition) : IVehicle
{
    private readonly LatestReading _newest = new(time);
    private long _heard, _refused, _unknownKeys;

    /// <summary>Messages that were understood.</summary>
    public long Heard => Interlocked.Read(ref _heard);

    /// <summary>Messages that were not.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>Keys that nobody here knows.</summary>
    public long UnknownKeys => Interlocked.Read(ref _unknownKeys);

    /// <summary>Takes one message. Null if it was understood, otherwise what is wrong with it.</summary>
    public string? Handle(ReadOnlySpan<byte> body)
    {
        var flaw = GatewayJson.TryRead<VehicleMessage>(body, out var message, out var unreadable) ? message.Flaw() : unreadable;
        if (flaw is not null)
        {
            Interlocked.Increment(ref _refused);
            return flaw;
        }

        Interlocked.Increment(ref _heard);
        Interlocked.Add(ref _unknownKeys, message!.Unknown?.Count ?? 0);
        _newest.Set(new(
            message.SpeedKmh, message.SteeringDeg, message.Ignition,
            keepsPosition && message is { Lat: { } latitude, Lon: { } longitude } ? new(latitude, longitude) : null));
        return null;
    }

    public VehicleReading? Read(TimeSpan at) => _newest.Take();
}
