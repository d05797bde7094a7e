using DriverMonitor.Fleet.Identity;
using DriverMonitor.Fleet.Rights;
using DriverMonitor.Fleet.Storage;
using DriverMonitor.Fleet.Tests.Support;
using DriverMonitor.Fleet.Wire;

namespace DriverMonitor.Fleet.Tests.Screens;

/// <summary>A script wherever a vehicle, a driver, an operator or a login provider may write words that a screen shows.</summary>
internal static class HostileWords
{
    private const string Script = "<img src=x onerror=\"window.owned=1\">";

    private static readonly string Body = $$$"""
        {"why":[{"f":"{{{Quoted}}}","v":3.1,"th":3,"unit":"{{{Quoted}}}"}],"model":"{{{Quoted}}}","cfg":"{{{Quoted}}}","trip":"{{{Quoted}}}",
         "action":["buzzer:{{{Quoted}}}"],"limits":["{{{Quoted}}}"],"sensors":{"cam":"{{{Quoted}}}","hr":"{{{Quoted}}}"}}
        """;

    private static string Quoted => Script.Replace("\"", "\\\"", StringComparison.Ordinal);

    public static async Task StoreAsync(FleetProgram fleet, int vehicle)
    {
        var seed = new Seed(fleet.Store.Database);
        await seed.EventAsync(vehicle, 9_012, EventType.Raised, Body, "9-9012", EventKind.Fatigue);
        await using (var connection = await seed.OpenAsync())
        {
            string[] statements =
            [
                "update vehicle set label = @script, version = @script where id = @vehicle",
                "update vehicle_now set cam = @script, hr = @script where vehicle_id = @vehicle",
                "update episode set rule = @script, note = @script, reviewed_by = @script, disputed_at = last_at where vehicle_id = @vehicle and episode = '9-9012'",
                "insert into finding (vehicle_id, at, kind, detail) values (@vehicle, @now, 1, @script)",
                "insert into erasure (vehicle_id, receipt, asked_at, done_at, rows) values (@vehicle, @script, @now, @now, 1)",
                "insert into orders (id, tenant_id, vehicle_id, name, args, kid, ctr, asked_by, asked_at, sent_at, answer, answered_at) values "
                    + "('script', 1, @vehicle, @script, '{}', 'ops-1', 1, 'user:' || @script, @now, @now, @answer, @now)",
            ];
            foreach (var statement in statements)
            {
                await connection.ExecuteAsync(
                    statement, default, ("script", Script), ("vehicle", vehicle), ("now", Seed.Now),
                    ("answer", $$"""{"ok":false,"error":"{{Quoted}}","lines":["{{Quoted}}"]}"""));
            }
        }

        await fleet.Get<Accounts>().PutElsewhereAsync("https://login.example 1", Script, [new("demo", "viewer")], default);
        await fleet.Get<AuditChain>().AppendAsync(1, $"user:{Script}", $"look {Script}", default);
    }
}
