using System.Diagnostics;
using System.Globalization;
using DriverMonitor.Hosting;
using DriverMonitor.Tests.Support;

namespace DriverMonitor.Tests.Outbox;

/// <summary>
/// What kill -9 cannot show: the power goes, and with it everything that was written and not synced. A real run is recorded, cut
/// at random points, and opened again.
/// </summary>
public sealed class PowerCutTests : IDisposable
{
    private const string Calls = "trace=openat,pwrite64,write,fsync,fdatasync,ftruncate,rename,unlink";

    /// <summary>Enough for the write-ahead log to be written back into the database, and begun again, at least once.</summary>
    private static readonly int Events = LongForm.IsWanted ? 2_000 : 600;

    private static readonly int Cuts = LongForm.IsWanted ? 300 : 30;

    private readonly string _folder = Directory.CreateTempSubdirectory("cuts").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task No_cut_takes_what_was_said_to_be_safe_or_damages_the_store()
    {
        var recorded = Path.Combine(_folder, "recorded");
        var trace = await RecordAsync(recorded);
        var random = new Random(20_261_122);
        var cuts = Enumerable.Range(0, Cuts).Select(_ => random.Next(trace.Count)).ToHashSet();

        var disk = new CuttableDisk(recorded);
        var (stored, released) = (0, 0);
        for (var at = 0; at < trace.Count; at++)
        {
            if (trace[at] is DiskTrace.Said { Line: ['+', .. var on] }) stored = int.Parse(on, CultureInfo.InvariantCulture);
            if (trace[at] is DiskTrace.Said { Line: ['-', .. var off] }) released = int.Parse(off, CultureInfo.InvariantCulture);
            disk.Step(trace[at]);
            if (cuts.Contains(at)) await OpenAsync(at, disk, random, stored, released);
        }

        Assert.Equal(Events, stored);
    }

    private async Task OpenAsync(int at, CuttableDisk disk, Random random, int stored, int released)
    {
        var left = Path.Combine(_folder, $"cut-{at}");
        disk.Cut(left, random);
        using (var box = new TestOutbox(left))
        {
            // A busy machine may need longer than the outbox waits for its disk.
            await Eventually.Sees($"the store open after the cut at {at}", () => box.Outbox.IsDurable, withinSeconds: 60);
            var waiting = box.Waiting().Split(' ', StringSplitOptions.RemoveEmptyEntries).ToList();
            var where = $"Cut at {at}, {stored} stored, {released} released: {string.Join(' ', waiting.Take(5))} ... {string.Join(' ', waiting.TakeLast(5))}";
            Assert.False(Directory.Exists(Path.Combine(left, "queue.damaged")), $"{where} and a damaged store.");
            var missing = Enumerable.Range(released + 1, stored - released).Select(n => $"{n}").Except(waiting);
            Assert.True(!missing.Any(), $"{where}; missing {string.Join(' ', missing)}");
        }

        Directory.Delete(left, recursive: true);
    }

    private async Task<List<DiskTrace>> RecordAsync(string folder)
    {
        var record = Path.Combine(_folder, "strace");
        using var vehicle = Process.Start(
            new ProcessStartInfo(
                "strace",
                [
                    "-f",
                    "-y",
                    "-xx",
                    "-s",
                    "100000",
                    "-e",
                    Calls,
                    "-o",
                    record,
                    "dotnet",
                    KillableVehicle.Assembly,
                    "write",
                    folder,
                    $"{Events}",
                ])
            {
                RedirectStandardOutput = true,
            }
        )!;
        // A pipe, so that what is said stands in the record; and somebody must empty it.
        await vehicle.StandardOutput.ReadToEndAsync();
        await vehicle.WaitForExitAsync();
        Assert.Equal(0, vehicle.ExitCode);
        return DiskTrace.Read(record, folder);
    }
}
