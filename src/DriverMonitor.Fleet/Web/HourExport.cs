using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using DriverMonitor.Fleet.Rates;
using DriverMonitor.Fleet.Storage;

namespace DriverMonitor.Fleet.Web;

/// <summary>Counts by hour and vehicle as CSV, written as they are read; of stress and anger there are none by vehicle.</summary>
internal sealed class HourExport(FleetDatabase database)
{
    private const int RowsABatch = 500;

    private static readonly string[] Kinds = ["fatigue", "distraction", "driver-state"];

    private static readonly string Header = CsvLine.Of(
        [
            "vehicle", "hour", "driven_s", .. Kinds.Select(kind => $"judged_{kind}_s"), .. Kinds.Select(kind => $"raised_{kind}"),
            .. Kinds.Select(kind => $"disputed_{kind}"),
        ]);

    /// <returns>Rows written.</returns>
    public async Task<long> WriteAsync(Stream output, int tenant, string? vehicle, long from, long to, CancellationToken stop)
    {
        var text = new StringBuilder(Header);
        var rows = 0L;
        await foreach (var line in ReadAsync(tenant, vehicle, from, to, stop))
        {
            text.Append(line);
            if (++rows % RowsABatch == 0) await FlushAsync(output, text, stop);
        }

        await FlushAsync(output, text, stop);
        return rows;
    }

    private async IAsyncEnumerable<string> ReadAsync(
        int tenant, string? vehicle, long from, long to, [EnumeratorCancellation] CancellationToken stop)
    {
        await using var connection = await database.OpenAsync(tenant, stop);
        await using var command = connection.Command(
            "select v.name, h.at, h.driven_s, h.judged_s, h.raised, h.disputed from hour h join vehicle v on v.id = h.vehicle_id "
                + "where v.tenant_id = @tenant and h.at >= @from and h.at < @to " + (vehicle is null ? "" : "and v.name = @vehicle ")
                + "order by v.name, h.at",
            ("tenant", tenant), ("vehicle", vehicle), ("from", from), ("to", to));
        await using var row = await command.ExecuteReaderAsync(stop);
        while (await row.ReadAsync(stop))
        {
            var hour = HourOfDriving.Read(row.GetInt32(2), row.GetString(3), row.GetString(4), row.GetString(5));
            yield return CsvLine.Of(
                [
                    row.GetString(0), row.Time(1).UtcDateTime.ToString("yyyy-MM-dd'T'HH':00Z'", CultureInfo.InvariantCulture),
                    Text(hour.DrivenS), .. Counts(hour.JudgedS), .. Counts(hour.Raised), .. Counts(hour.Disputed),
                ]);
        }
    }

    private static IEnumerable<string> Counts(SortedDictionary<string, int> of) =>
        Kinds.Select(kind => Text(of.GetValueOrDefault(kind)));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static async Task FlushAsync(Stream output, StringBuilder text, CancellationToken stop)
    {
        await output.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()), stop);
        text.Clear();
    }
}
