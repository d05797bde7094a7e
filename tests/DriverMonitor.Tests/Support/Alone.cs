namespace DriverMonitor.Tests.Support;

/// <summary>Tests that count what the whole process holds, or that measure time: nothing else may run beside them.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
