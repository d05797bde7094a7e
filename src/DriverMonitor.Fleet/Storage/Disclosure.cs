using System.Data.Common;
using DriverMonitor.Fleet.Wire;

namespace DriverMonitor.Fleet.Storage;

/// <summary>
/// Holds what is stored to the privacy level that each vehicle says of itself: values that it may not tell are not kept, though
/// they were sent.
/// </summary>
internal sealed class Disclosure(VehicleNumbers numbers)
{
    private readonly FindingLimit _limit = new();

    /// <summary>The batch itself where nothing of it is too much, as nearly always.</summary>
    public async Task<EventBatch> ApplyAsync(DbConnection connection, EventBatch batch, CancellationToken stop)
    {
        var said = batch.Contacts.OfType<VehicleContact.Presence>().ToLookup(one => one.Vehicle, one => one.Privacy);
        List<FleetEvent>? events = null;
        List<Finding> findings = [];
        for (var i = 0; i < batch.Events.Count; i++)
        {
            var one = batch.Events[i];
            var level = said.Contains(one.Vehicle) ? said[one.Vehicle].Last() : numbers.PrivacyOf(one.Vehicle);
            if (level > 0 && one.LeastPrivacy <= level) continue;
            if (!said.Contains(one.Vehicle)) level = await numbers.RefreshPrivacyAsync(connection, one.Vehicle, stop);
            var (kept, dropped) = PrivacyFilter.Apply(one, level, batch.ReceivedAt);
            events ??= [.. batch.Events];
            events[i] = kept;
            if (dropped is not null && _limit.Admits(dropped)) findings.Add(dropped);
        }

        return events is null ? batch : batch with { Events = events, Findings = [.. batch.Findings, .. findings] };
    }
}
