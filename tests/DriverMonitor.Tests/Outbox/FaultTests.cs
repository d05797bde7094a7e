using System.Diagnostics;
using System.Text;
using DriverMonitor.Hosting;
using DriverMonitor.Tests.Support;

namespace DriverMonitor.Tests.Outbox;

/// <summary>Disks that are full, read-only or broken. Events go on, in memory if need be, and the fleet hears of it.</summary>
public sealed class FaultTests : IDisposable
{
    private const long MiB = 1 << 20;

    private readonly string _folder = Directory.CreateTempSubdirectory("faults").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_full_disk_costs_the_reserve_first_and_then_events_wait_in_memory()
    {
        using var disk = SmallDisk.TryMount(8);
        if (disk is null) return;
        using var box = new TestOutbox(disk.Folder, limits: new() { Reserve = MiB });
        var reserve = Path.Combine(disk.Folder, "reserve");
        Assert.True(File.Exists(reserve));
        await box.Add(3);

        disk.FillUpTo(0);
        var added = 3;
        while (File.Exists(reserve) && added < 1_000) added += await AddOne();
        Assert.True(box.Outbox.IsDurable, "The reserve was there for alerts.");
        while (box.Outbox.IsDurable && added < 1_000) added += await AddOne();
        Assert.False(box.Outbox.IsDurable);
        for (var i = 0; i < 5; i++) added += await AddOne();

        disk.MakeRoom();
        await Eventually.Sees("the disk in use again", () => box.Outbox.IsDurable);
        await Eventually.Sees("the news", () => box.Waiting().EndsWith("recovered", StringComparison.Ordinal));
        var waiting = box.Waiting().Split(' ');
        Assert.Equal(added, waiting.Count(word => char.IsDigit(word[0])));
        Assert.Single(waiting, "failed");

        async Task<int> AddOne()
        {
            await box.Add(bytes: 6_000);
            return 1;
        }
    }

    [Fact]
    public async Task A_read_only_disk_is_tried_again_until_it_can_be_written()
    {
        using var disk = SmallDisk.TryMount(8);
        if (disk is null) return;
        using (var before = new TestOutbox(disk.Folder)) await before.Add(3);

        disk.MakeReadOnly();
        using var box = new TestOutbox(disk.Folder);
        await box.Add(2);
        Assert.False(box.Outbox.IsDurable);
        await Eventually.Sees("the trouble told", () => box.Waiting().Contains("failed", StringComparison.Ordinal));

        disk.MakeWritable();
        await Eventually.Sees("the disk in use again", () => box.Outbox.IsDurable);
        await Eventually.Sees("what waited before and since", () => box.Outbox.Count.Waiting == 7);
    }

    // Where in the file, as a share of it, and how much is overwritten.
    [Theory]
    [InlineData("the head of the file", 0.0, 100)]
    [InlineData("a page of the tree", 0.3, 4096)]
    [InlineData("the last page", 0.99, 4096)]
    public async Task A_damaged_queue_is_set_aside_and_a_new_one_begun(string story, double at, int bytes)
    {
        var epoch = await WriteAsync(200);
        Overwrite(at, Enumerable.Repeat((byte)0xA5, bytes).ToArray());

        using var box = new TestOutbox(_folder);
        await box.Add();

        Assert.True(box.Outbox.IsDurable, story);
        await Eventually.Sees("the loss told", () => box.Waiting().Contains("replaced", StringComparison.Ordinal));
        Assert.NotEqual(epoch, box.Outbox.Epoch);
        Assert.Equal(2, box.Outbox.Boot);
        Assert.True(File.Exists(Path.Combine(_folder, "queue.damaged", "events.db")));
    }

    [Fact]
    public async Task A_bit_that_turned_over_inside_an_event_costs_that_event_alone()
    {
        await WriteAsync(200);
        var database = Path.Combine(_folder, "queue", "events.db");
        var bytes = await File.ReadAllBytesAsync(database);
        var inside = bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes("100".PadRight(100)));
        bytes[inside + 50] ^= 0x04;
        await File.WriteAllBytesAsync(database, bytes);

        using var box = new TestOutbox(_folder);
        await Eventually.Sees(
            "the loss told", () => box.Waiting().EndsWith("gap(100-100 1 Alert corrupt)", StringComparison.Ordinal));
        Assert.Equal(Enumerable.Range(1, 200).Where(n => n != 100).Select(n => $"{n}"), box.Waiting().Split(' ').Take(199));
        Assert.Equal(1, box.Outbox.Count.Dropped);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_set_aside_too()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "queue"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "queue", "events.db"), new string('x', 9_000));

        using var box = new TestOutbox(_folder);
        await box.Add();
        Assert.True(box.Outbox.IsDurable);
    }

    // The kernel's own answers, given by strace: which calls fail, how, and from which to which.
    [Theory]
    [InlineData("fsync,fdatasync:error=EIO:when=30..31")]
    [InlineData("pwrite64:error=EROFS:when=40..41")]
    [InlineData("pwrite64:error=ENOSPC:when=40..42")]
    public async Task A_disk_that_fails_for_a_while_loses_nothing_and_doubles_nothing(string fault)
    {
        using var vehicle = Process.Start(
            new ProcessStartInfo(
                "strace",
                [
                    "-f",
                    "-qqq",
                    "-o",
                    "/dev/null",
                    "-e",
                    $"inject={fault}",
                    "dotnet",
                    KillableVehicle.Assembly,
                    "endure",
                    _folder,
                    "60",
                ])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var said = (await vehicle.StandardOutput.ReadToEndAsync()).Trim().Split(' ');
        await vehicle.WaitForExitAsync();
        Assert.True(vehicle.ExitCode == 0, await vehicle.StandardError.ReadToEndAsync());

        Assert.Equal(
            Enumerable.Range(1, 60).Select(n => $"{n}"),
            said.Where(word => char.IsDigit(word[0])).OrderBy(word => word.Length).ThenBy(word => word, StringComparer.Ordinal));
        Assert.Contains("failed", said);
    }

    private async Task<ulong> WriteAsync(int count)
    {
        using var box = new TestOutbox(_folder);
        await box.Add(count, bytes: 600);
        return box.Outbox.Epoch;
    }

    private void Overwrite(double share, byte[] with)
    {
        using var file = File.OpenWrite(Path.Combine(_folder, "queue", "events.db"));
        // At the start of a page, where the tree is held together.
        file.Position = (long)(share * file.Length) / 4096 * 4096;
        file.Write(with);
    }
}
