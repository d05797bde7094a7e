using System.Text.Json;
using DriverMonitor.Core.Privacy;
using DriverMonitor.Core.Signals;
using DriverMonitor.Files;
using Microsoft.Extensions.Logging;

namespace DriverMonitor.Drivers;

/// <summary>
/// One driver's consents as a small JSON file beside the profile. A damaged file counts as everything withdrawn until somebody
/// decides anew; one that cannot be read is an error and never an answer. No file is ever moved out of the way.
/// </summary>
/// <param name="note">Receives every answer that a change brought, with the driver's name; for the record.</param>
internal sealed partial class ConsentStore(
    ProfileSettings settings, ILogger log, Action<string, Modalities, Consent>? note = null)
{
    /// <summary>A change takes milliseconds; a holder that hangs must not hang everybody.</summary>
    private static readonly TimeSpan LockPatience = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan LockPause = TimeSpan.FromMilliseconds(5);

    private readonly ILogger _log = log;
    private volatile string? _loggedDamage;

    /// <summary>Where the consents are kept; null if nothing is, and then they end with the program.</summary>
    public string? Place => settings.Folder is { } folder ? Path.Combine(folder, $"{settings.Driver}.consent.json") : null;

    /// <summary>Where versions before this one put a file that they could not read, which may have been intact.</summary>
    private string OldDamaged => Place + ".damaged";

    /// <summary>The consents of another driver, kept in the same way.</summary>
    public ConsentStore Of(string driver) =>
        driver == settings.Driver ? this : new(settings with { Driver = driver }, _log, note);

    /// <exception cref="IOException">It cannot be read now; what was known before still holds.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public ConsentRecord Load() => Read().Book;

    /// <inheritdoc cref="Load"/>
    public ConsentReading Read()
    {
        if (Place is not { } path) return new(ConsentRecord.Empty, IsMissing: true);
        // A pipe would hold up whoever opens it, and somebody put it where the answers were.
        var reading = StoredFile.Fault(path) is { } fault ? new(ConsentRecord.AllWithdrawn, fault) : ReadFile(path);
        if (reading.Damage is { } damage && damage != _loggedDamage) LogDamaged(path, damage);
        _loggedDamage = reading.Damage;
        return reading;
    }

    /// <summary>Replaces all of it.</summary>
    /// <inheritdoc cref="Change(Func{ConsentRecord, ConsentRecord})"/>
    public void Save(ConsentRecord book) => Change(_ => book);

    /// <summary>
    /// Changes it while no other thread or process can: two changes at once would lose one, and that could be a withdrawal.
    /// </summary>
    /// <exception cref="IOException">It was not kept, and whoever gave the answer must be told.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public ConsentRecord Change(Func<ConsentRecord, ConsentRecord> change) => Change(change, keepsEmpty: true);

    /// <summary>
    /// Forgets what was asked and agreed to. A withdrawal stays, written over and never missing, or the driver would be watched
    /// again; without one no file is left.
    /// </summary>
    /// <inheritdoc cref="Change(Func{ConsentRecord, ConsentRecord})"/>
    public void Reset() => Change(book => book.OnlyWithdrawn(), keepsEmpty: false);

    private ConsentRecord Change(Func<ConsentRecord, ConsentRecord> change, bool keepsEmpty)
    {
        if (Place is not { } path) return change(ConsentRecord.Empty);
        ConsentRecord before, after;
        PrivateFile.CreateFolder(settings.Folder!);
        using (Lock(Path.Combine(settings.Folder!, "consents.lock")))
        {
            var reading = Read();
            (before, after) = (reading.Book, change(reading.Book));
            // Nobody decided anything; a damaged file stays to be seen.
            if (ReferenceEquals(before, after)) return after;
            if (after.Words.Count == 0 && !keepsEmpty)
            {
                File.Delete(path);
            }
            else
            {
                AtomicFile.Write(path, file => ConsentJson.Write(file, after));
                FileOwner.FollowFolder(path);
            }

            // Somebody has decided: what could not be read any more has no say from now on.
            File.Delete(OldDamaged);
        }

        foreach (var (one, said) in after.Words.OrderBy(word => word.Key))
        {
            if (said != before.Words.GetValueOrDefault(one)) note?.Invoke(settings.Driver, one, said);
        }

        return after;
    }

    private ConsentReading ReadFile(string path)
    {
        try
        {
            using var file = new FileStream(
                path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            var bytes = new byte[ConsentJson.Longest + 1];
            return new(ConsentJson.Read(bytes.AsSpan(0, file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false))));
        }
        catch (JsonException e)
        {
            return new(ConsentRecord.AllWithdrawn, e.Message);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return File.Exists(OldDamaged)
                ? new(ConsentRecord.AllWithdrawn, "an earlier version could not read it and renamed it to .damaged")
                : new(ConsentRecord.Empty, IsMissing: true);
        }
    }

    /// <summary>The runtime locks an opened file with flock, which ends with its process.</summary>
    private static FileStream Lock(string path)
    {
        var (clock, pause) = (TimeProvider.System, new ManualResetEventSlim());
        var began = clock.GetTimestamp();
        while (true)
        {
            try
            {
                var held = PrivateFile.Open(
                    path, new()
                    {
                        Mode = FileMode.OpenOrCreate,
                        Access = FileAccess.ReadWrite,
                        Share = FileShare.None,
                    }
                );
                FileOwner.FollowFolder(path);
                return held;
            }
            catch (IOException e) when (IsHeld(e) && clock.GetElapsedTime(began) < LockPatience)
            {
                pause.Wait(LockPause);
            }
        }
    }

    /// <summary>EWOULDBLOCK: somebody else changes consents at this moment.</summary>
    private static bool IsHeld(IOException e) => e.HResult == 11;

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Consents {Path} are damaged ({Why}): everything counts as withdrawn, the camera too, "
            + "until the driver decides again: drivermonitor consent grant, or the page."
    )]
    private partial void LogDamaged(string path, string why);
}

/// <summary>What a consent file says.</summary>
/// <param name="Damage">Why it cannot be understood; null for an intact one.</param>
/// <param name="IsMissing">There is none.</param>
internal readonly record struct ConsentReading(ConsentRecord Book, string? Damage = null, bool IsMissing = false);
