using System.Text.Json;
using DriverMonitor.Files;
using Microsoft.Extensions.Logging;

namespace DriverMonitor.Drivers;

/// <summary>
/// One driver's trips, over ignition-off: those that are over in one file, the one that goes on in another, so that the small one
/// alone is written on the way. Each is written whole or not at all. A driver who was forgotten is not written down again before
/// the next start.
/// </summary>
internal sealed partial class TripHistory(ProfileSettings settings, ILogger<TripHistory> log)
{
    /// <summary>How long a trip is kept.</summary>
    public const int RetentionDays = 90;

    /// <summary>More are not kept, whatever their age: the oldest go.</summary>
    private const int MostTrips = 1000;

    private static readonly JsonSerializerOptions Shape = new() { RespectNullableAnnotations = true };

    private readonly ILogger _log = log;
    private readonly Lock _gate = new();
    private volatile int _generation;

    /// <summary>Whether anything can be kept.</summary>
    public bool IsKept => settings.Folder is not null;

    /// <summary>Changes when everything is deleted: what was summed up before is not written down again.</summary>
    public int Generation => _generation;

    private string Past => Path.Combine(settings.Folder!, $"{settings.Driver}.history.json");
    private string Current => Path.Combine(settings.Folder!, $"{settings.Driver}.trip.json");
    private string Mark => ProfileStore.MarkOf(settings)!;

    /// <summary>Every trip that is kept, the oldest first, with the one that goes on.</summary>
    public IReadOnlyList<DriverTrip> Read()
    {
        if (!IsKept) return [];
        lock (_gate) return Joined();
    }

    /// <summary>Keeps the trip that goes on as it is now.</summary>
    /// <param name="generation">In which it was summed up.</param>
    public void Save(DriverTrip trip, int generation) => Write(() =>
    {
        if (generation == Generation) Put(Current, [trip]);
    });

    /// <summary>
    /// Puts a trip that is over with the others. A power cut in the middle loses nothing: a trip in both files is one.
    /// </summary>
    /// <param name="now">The time of day where the clock is right: then what is too old is dropped.</param>
    public void Close(DateTimeOffset? now) => Write(() =>
    {
        var all = Joined();
        if (all.Count == 0) return;
        Put(Past, Retain(all, now));
        AtomicFile.Delete(Current);
    });

    /// <summary>Deletes every trip.</summary>
    /// <returns>How many there were.</returns>
    /// <exception cref="IOException">Something is left.</exception>
    public int Delete()
    {
        if (!IsKept) return 0;
        lock (_gate)
        {
            _generation++;
            var trips = Joined().Count;
            AtomicFile.Delete(Past);
            AtomicFile.Delete(Current);
            return trips;
        }
    }

    /// <summary>Deletes the trip that goes on: the driver no longer allows that it is summed up.</summary>
    public void DeleteCurrent() => Write(() => AtomicFile.Delete(Current));

    /// <summary>Without what is too old; a trip of an unsure clock counts from the first day that is known.</summary>
    public static IReadOnlyList<DriverTrip> Retain(IReadOnlyList<DriverTrip> trips, DateTimeOffset? now)
    {
        if (now is not { } today) return [.. trips.TakeLast(MostTrips)];
        var dated = trips.Select(trip => trip with { CountsFrom = trip.CountsFrom ?? (trip.ClockTrusted ? trip.Began : today) });
        return [.. dated.Where(trip => today - trip.CountsFrom < TimeSpan.FromDays(RetentionDays)).TakeLast(MostTrips)];
    }

    private void Write(Action write)
    {
        if (!IsKept) return;
        lock (_gate)
        {
            if (File.Exists(Mark)) return;
            try
            {
                write();
                // Forgotten while it was being written.
                if (!File.Exists(Mark)) return;
                AtomicFile.Delete(Past);
                AtomicFile.Delete(Current);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                LogNotSaved(settings.Folder!, e.Message.ReplaceLineEndings(" "));
            }
        }
    }

    private static void Put(string path, IReadOnlyList<DriverTrip> trips) =>
        AtomicFile.Write(path, file => JsonSerializer.Serialize(file, trips, Shape));

    private List<DriverTrip> Joined()
    {
        var current = Load(Current);
        return [.. Load(Past).Where(trip => current.All(one => one.Id != trip.Id)), .. current];
    }

    private DriverTrip[] Load(string path)
    {
        if (!File.Exists(path)) return [];
        try
        {
            var trips = JsonSerializer.Deserialize<DriverTrip[]>(StoredFile.ReadBytes(path), Shape) ?? [];
            return Array.TrueForAll(trips, trip => trip is not null && trip.IsSound())
                ? trips : SetAside(path, "it holds numbers that cannot be");
        }
        catch (FileNotFoundException)
        {
            return []; // erased this moment
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            return SetAside(path, e.Message.ReplaceLineEndings(" "));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogNotRead(path, e.Message.ReplaceLineEndings(" "));
            return [];
        }
    }

    private DriverTrip[] SetAside(string path, string why)
    {
        LogDamaged(path, ShownText.Excerpt(why));
        AtomicFile.SetAside(path);
        return [];
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "History {Path} cannot be used ({Why}); it is set aside and a new one begun.")]
    private partial void LogDamaged(string path, string why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "History {Path} cannot be read: {Why}")]
    private partial void LogNotRead(string path, string why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The trip is not kept in {Folder}: {Why} Everything else goes on.")]
    private partial void LogNotSaved(string folder, string why);
}
