namespace DriverMonitor.Drivers;

/// <summary>What is recorded of drivers, for who may ask for it; the wiring fills it in.</summary>
/// <param name="List">The recorded drives of a pseudonym, the oldest first.</param>
/// <param name="Forget">Deletes them, also the one that is being written, and says how many files that were.</param>
internal sealed record KeptDrives(Func<string, IReadOnlyList<KeptDrive>> List, Func<string, int> Forget);

/// <summary>One recorded drive, as its driver is told of it.</summary>
/// <param name="Name">With which its files begin.</param>
/// <param name="Began">When the drive began, by a clock that may have been wrong; null where that cannot be read.</param>
/// <param name="Seconds">From the first moment that is left to the last.</param>
/// <param name="Bytes">All its files together.</param>
internal sealed record KeptDrive(string Name, DateTimeOffset? Began, double Seconds, long Bytes, IReadOnlyList<string> Files);
