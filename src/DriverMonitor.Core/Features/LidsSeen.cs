namespace DriverMonitor.Core.Features;

/// <summary>What the lids of one picture mean for where the driver looks.</summary>
/// <param name="Eyes">Both eyes.</param>
/// <param name="MayLookDown">Lids that are down may follow a look down.</param>
/// <param name="ShutFor">How long they have been shut.</param>
/// <param name="ShutSince">When they went down.</param>
internal readonly record struct LidsSeen(EyesState Eyes, bool MayLookDown, TimeSpan ShutFor, TimeSpan ShutSince);
