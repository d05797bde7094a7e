using System.Threading.Channels;
using DriverMonitor.Files;
using Microsoft.Extensions.Logging;

namespace DriverMonitor.Recording;

/// <summary>
/// Writes blocks into files of a few megabytes and deletes the oldest. A block is on its way to the disk when it is written
/// and there for certain ten seconds later: a crash of the program costs a second, a power cut ten. A file that was deleted
/// under its feet was erased: what was learned of the driver is not written down again.
/// </summary>
internal sealed partial class RecordingRing(
    RecordingSettings settings,
    RecordingHeader header,
    TimeProvider time,
    ILogger<Recorder> log
) : IDisposable
{
    /// <summary>What must stay free for others: the queue of alerts above all.</summary>
    private const long LeastFree = 512L << 20;

    private static readonly TimeSpan SyncEvery = TimeSpan.FromSeconds(10), RetryAfter = TimeSpan.FromSeconds(5);

    private readonly ILogger _log = log;
    private readonly long _largestPart = Math.Min(8L << 20, ((long)settings.MaxMegabytes << 20) / 8);
    private RecordingHeader _header = header;
    private FileStream? _file;
    private int _parts;
    private long _syncedAt, _failedAt;
    private long _lost;
    private bool _failing;
    private int _erased;

    /// <summary>What the disk said first when it did not take something; null if it took everything.</summary>
    public string? Failure { get; private set; }

    /// <summary>Null if a drive can be recorded in a folder, which is made for it; otherwise why not.</summary>
    public static string? WhyNotIn(string folder)
    {
        try
        {
            PrivateFile.CreateFolder(folder);
            using (File.Create(Path.Combine(folder, $".{Environment.ProcessId}.try"), 1, FileOptions.DeleteOnClose)) { }
            return new DriveInfo(Path.GetFullPath(folder)).AvailableFreeSpace < LeastFree
                ? $"less than {LeastFree >> 20} MiB are free."
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return e.Message.ReplaceLineEndings(" ");
        }
    }

    /// <summary>Until there are no more. Called again after it failed, it goes on in a new file.</summary>
    public async Task WriteAsync(ChannelReader<Block> full, ChannelWriter<Block> free)
    {
        Close();
        await foreach (var block in full.ReadAllAsync())
        {
            try
            {
                // What waits for the disk, and what the loop is filling, was measured before the driver was forgotten.
                if (_file is not null && !File.Exists(_file.Name)) _erased = full.Count + 2;
                if (_erased > 0) Remove(block);
                else Write(block);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Fail(e.Message);
            }
            finally
            {
                await free.WriteAsync(block);
            }
        }
    }

    public void Dispose() => Close();

    private void Write(Block block)
    {
        _lost += block.Observations;
        if (_failing && time.GetElapsedTime(_failedAt) < RetryAfter) return;
        if (_file is null || _file.Length > _largestPart) Open(block);
        var missing = _lost - block.Observations;
        if (missing > 0) WriteBlock([(byte)EntryKind.Gap, (byte)GapReason.Disk, .. BitConverter.GetBytes(missing)]);
        WriteBlock(block.Bytes.AsSpan(0, block.Length));
        _file!.Flush();
        if (time.GetElapsedTime(_syncedAt) >= SyncEvery) Sync();
        _lost = 0;
        if (_failing) LogWorks(settings.Folder!);
        _failing = false;
    }

    private void Remove(Block block)
    {
        _erased--;
        _lost += block.Observations;
        Close();
        _header = _header with { Profile = null };
    }

    private void Open(Block block)
    {
        Close();
        PrivateFile.CreateFolder(settings.Folder!);
        Recordings.Prune(settings, time.GetUtcNow(), keepFree: _largestPart);
        if (new DriveInfo(Path.GetFullPath(settings.Folder!)).AvailableFreeSpace < LeastFree)
            throw new IOException($"less than {LeastFree >> 20} MiB are free.");
        // A clock that stood still may have begun a drive at this very moment before.
        while (_parts == 0 && Recordings.PartsOf(settings.Folder!, Recordings.NameOf(_header)).Count > 0)
            _header = _header with { StartedAt = _header.StartedAt.AddMilliseconds(1) };
        _header = (_header with { Part = ++_parts, Allowed = _parts == 1 ? _header.Allowed : block.Allowed }).WithWhatIsAllowed();
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.Read | FileShare.Delete,
            BufferSize = 0,
        };
        _file = PrivateFile.Open(Path.Combine(settings.Folder!, Recordings.FileNameOf(_header)), options);
        _file.Write(RecordingFormat.Mark);
        WriteBlock(_header.ToJson());
        Sync();
    }

    private void WriteBlock(ReadOnlySpan<byte> block)
    {
        Span<byte> head = stackalloc byte[RecordingFormat.BlockHead];
        RecordingFormat.Head(head, block);
        _file!.Write(head);
        _file.Write(block);
    }

    private void Sync()
    {
        _file!.Flush(flushToDisk: true);
        _syncedAt = time.GetTimestamp();
        if (new DriveInfo(_file.Name).AvailableFreeSpace < LeastFree)
            throw new IOException($"less than {LeastFree >> 20} MiB are free.");
    }

    /// <summary>The file may end in the middle of a block now; another one goes on.</summary>
    private void Fail(string why)
    {
        if (!_failing) LogFails(settings.Folder!, why.ReplaceLineEndings(" "));
        Failure ??= why.ReplaceLineEndings(" ");
        (_failing, _failedAt) = (true, time.GetTimestamp());
        Close();
    }

    private void Close()
    {
        try
        {
            _file?.Flush(flushToDisk: true);
            _file?.Dispose();
        }
        catch (IOException e)
        {
            LogFails(settings.Folder!, e.Message);
            Failure ??= e.Message;
        }

        _file = null;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The drive is not recorded in {Folder}: {Why} Everything else goes on.")]
    private partial void LogFails(string folder, string why);

    [LoggerMessage(Level = LogLevel.Information, Message = "The drive is recorded in {Folder} again.")]
    private partial void LogWorks(string folder);
}
