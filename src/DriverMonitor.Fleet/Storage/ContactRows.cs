using System.Data.Common;
using DriverMonitor.Fleet.Wire;

namespace DriverMonitor.Fleet.Storage;

/// <summary>
/// The newest of what a vehicle says of itself. A last will of an earlier session cannot mark a newer one as lost: a farewell
/// counts only within its own epoch and from the same start of the program on. A new epoch begins with a birth message.
/// </summary>
internal static class ContactRows
{
    /// <summary>A state that says nothing new is written this often only.</summary>
    private const int QuietMilliseconds = 300_000;

    private const string PresenceSql =
        """
        insert into vehicle_now (vehicle_id, epoch, boot, status, seen_at, status_at, privacy)
        values (@vehicle, @epoch, @boot, @status, @at, @at, @privacy)
        on conflict (vehicle_id) do update set
          epoch = excluded.epoch, boot = excluded.boot, status = excluded.status, status_at = excluded.status_at,
          privacy = excluded.privacy,
          seen_at = case when excluded.status = 'lost' then vehicle_now.seen_at else excluded.seen_at end,
          state_seq = case when excluded.boot = vehicle_now.boot then vehicle_now.state_seq else 0 end
        where (vehicle_now.epoch is null or excluded.epoch = vehicle_now.epoch) and excluded.boot >= vehicle_now.boot
          or excluded.status = 'online' and (vehicle_now.epoch is null or excluded.epoch <> vehicle_now.epoch)
        """;

    private const string StateSql =
        """
        insert into vehicle_now (vehicle_id, boot, state_seq, seen_at, alert, cam, hr, waiting, oldest_s, dropped)
        values (@vehicle, @boot, @seq, @at, @alert, @cam, @hr, @waiting, @oldest, @dropped)
        on conflict (vehicle_id) do update set
          boot = excluded.boot, state_seq = excluded.state_seq, seen_at = excluded.seen_at, alert = excluded.alert,
          cam = excluded.cam, hr = excluded.hr, waiting = excluded.waiting, oldest_s = excluded.oldest_s,
          dropped = excluded.dropped
        where (excluded.boot > vehicle_now.boot
            or excluded.boot = vehicle_now.boot and excluded.state_seq > vehicle_now.state_seq)
          and (excluded.seen_at >= vehicle_now.seen_at + @quiet or vehicle_now.alert is null
            or excluded.alert <> vehicle_now.alert or excluded.cam <> vehicle_now.cam or excluded.hr <> vehicle_now.hr
            or (excluded.waiting > 0) <> (vehicle_now.waiting > 0) or excluded.dropped <> vehicle_now.dropped)
        """;

    private const string HealthSql =
        """
        insert into hour (vehicle_id, at, health) values (@vehicle, @hour, @body)
        on conflict (vehicle_id, at) do update set health = excluded.health
        """;

    private const string VersionSql =
        "update vehicle set version = @version where id = @vehicle and version <> @version";

    public static async Task PutAsync(DbConnection connection, int vehicle, VehicleContact contact, CancellationToken stop)
    {
        foreach (var (sql, values) in StatementsFor(vehicle, contact)) await connection.ExecuteAsync(sql, stop, values);
    }

    /// <summary>The statements and their values; a server is sent all of a batch at once.</summary>
    public static IEnumerable<(string Sql, (string Name, object? Value)[] Values)> StatementsFor(
        int vehicle, VehicleContact contact)
    {
        const long Hour = 3_600_000;
        switch (contact)
        {
            case VehicleContact.Presence p:
                yield return (PresenceSql,
                [
                    ("vehicle", vehicle), ("epoch", (long)p.Epoch), ("boot", p.Boot), ("status", p.Status), ("at", p.ReceivedAt),
                    ("privacy", (short)p.Privacy),
                ]);
                yield return ("update vehicle set version = @version, privacy = @privacy, camera = @camera where id = @vehicle"
                    + " and (version <> @version or privacy is null or privacy <> @privacy or camera <> @camera)",
                    [("vehicle", vehicle), ("version", p.Version), ("privacy", (short)p.Privacy), ("camera", p.Camera)]);
                break;
            case VehicleContact.State s:
                yield return (StateSql,
                [
                    ("vehicle", vehicle), ("boot", s.Boot), ("seq", s.Seq), ("at", s.ReceivedAt), ("alert", (short)s.Alert),
                    ("cam", s.Camera), ("hr", s.Heart), ("waiting", s.Waiting), ("oldest", s.OldestS), ("dropped", s.Dropped),
                    ("quiet", QuietMilliseconds),
                ]);
                break;
            case VehicleContact.Health h:
                yield return (HealthSql,
                    [("vehicle", vehicle), ("hour", h.ReceivedAt - (h.ReceivedAt % Hour)), ("body", h.Body)]);
                yield return (VersionSql, [("vehicle", vehicle), ("version", h.Version)]);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(contact));
        }
    }
}
