using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace DriverMonitor.Hosting;

/// <summary>
/// Keeps the parts of the service apart from the warning: one that fails is logged, counted, told of and started again.
/// </summary>
/// <param name="inject">Throws to make a part fail on purpose: asked before each call, and again and again while a part runs.
/// Null in the service.</param>
internal sealed partial class Supervisor(TimeProvider time, ILogger<Supervisor> log, Action<ServicePart>? inject = null)
    : IDisposable
{
    private readonly ConcurrentDictionary<ServicePart, SupervisedPart> _parts = new();
    private readonly ILogger _log = log;

    /// <summary>Raised on the failing part's thread when a part fails, is left down, or is well again.</summary>
    public event Action<PartState>? Changed;

    /// <summary>Every part that was ever used, in the order of their names.</summary>
    public IReadOnlyList<PartState> States => [.. _parts.Values.Select(part => part.State).OrderBy(state => state.Part)];

    /// <summary>Parts that are not well.</summary>
    public IReadOnlyList<PartState> Failing => [.. States.Where(state => state.Condition != PartCondition.Well)];

    public SupervisedPart Of(ServicePart part) => _parts.GetOrAdd(part, one => new(one, time, log, Announce, inject));

    /// <summary>Where a part can be made to fail on purpose.</summary>
    public void Inject(ServicePart part) => inject?.Invoke(part);

    public void Dispose()
    {
        foreach (var part in _parts.Values) part.Dispose();
    }

    private void Announce(PartState state)
    {
        try
        {
            Changed?.Invoke(state);
        }
#pragma warning disable CA1031 // who is told of a failure may be what fails
        catch (Exception e)
        {
            LogUntold(e, state.Part.Name());
        }
#pragma warning restore CA1031
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "That part {Part} changed could not be told.")]
    private partial void LogUntold(Exception e, string part);
}
