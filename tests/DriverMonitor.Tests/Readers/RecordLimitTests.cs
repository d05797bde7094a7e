using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DriverMonitor.Audit;
using DriverMonitor.Core.Baselines;
using DriverMonitor.Drivers;
using DriverMonitor.HeartRate.Bluez;
using DriverMonitor.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace DriverMonitor.Tests.Readers;

/// <summary>
/// What the program wrote itself and somebody damaged: the audit log, a driver's files on their way into an export, the settings
/// that a strap is written into. Each value at its limits; 20,000 for each reader, 400,000 in the long form.
/// </summary>
public sealed class RecordLimitTests : IDisposable
{
    private const string Strap = "C0:FF:EE:00:00:01";
    private static readonly string Hash = new('a', 64);

    private readonly string _folder = MemoryFolder.Create("drivermonitor-records-");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_damaged_last_line_of_the_audit_log_is_followed_or_refused_in_one_line()
    {
        var file = Path.Combine(_folder, "audit.jsonl");
        var entry = $$"""{"n":3,"at":"2026-11-22T12:00:00Z","what":"order","driver":"p:0123456789abcdef","h":"{{Hash}}"}""";
        var json = new EdgeJson(31, entry, entry.Replace(Hash, new string('z', 64), StringComparison.Ordinal));
        var log = new AuditLog(_folder, TimeProvider.System);
        var taken = 0;
        for (var i = 0; i < EdgeJson.Rounds; i++)
        {
            File.WriteAllBytes(file, [.. json.Next(), (byte)'\n']);
            try
            {
                Assert.True(log.Head().Entries >= 0);
                log.Verify();
                // To add one is to wait for the disk: done for some.
                if (i % 20 == 0) Assert.True(log.Append("order", _ => { }).Entries >= 1);
                taken++;
            }
            catch (IOException e)
            {
                Assert.DoesNotContain('\n', e.Message);
            }
        }

        Assert.InRange(taken, EdgeJson.Rounds / 20, EdgeJson.Rounds - 1);
    }

    [Fact]
    public void A_drivers_files_are_exported_as_they_are_or_quoted()
    {
        var time = TimeProvider.System;
        var rights = new DriverRights(
            new() { Folder = _folder, Driver = "anna" }, _folder, new(_folder, time), time, NullLogger.Instance);
        var alias = rights.AliasOf("anna");
        var profile = new EdgeJson(32, JsonSerializer.Serialize(new DriverProfile { LeftEyeOpen = 0.29, RightEyeOpen = 0.3 }));
        var entry = new EdgeJson(33, $$"""{"n":1,"at":"2026-11-22T12:00:00Z","driver":"{{alias}}","h":"{{Hash}}"}""");
        for (var i = 0; i < EdgeJson.Rounds; i++)
        {
            File.WriteAllBytes(Path.Combine(_folder, "anna.profile.json"), profile.Next());
            File.WriteAllBytes(Path.Combine(_folder, "audit.jsonl"), [.. entry.Next(), (byte)'\n']);

            var bundle = JsonNode.Parse(rights.Export("anna")!)!;

            Assert.Equal("anna", bundle["driver"]!.GetValue<string>());
            Assert.True(bundle.AsObject().ContainsKey("profile.json"));
        }
    }

    [Fact]
    public void A_settings_file_takes_a_strap_or_is_left_alone()
    {
        var json = new EdgeJson(34, """
            {"DriverMonitor":{"Gpio":{"BuzzerLine":4},"HeartRate":{"Bluetooth":{"Addresses":["A0:9E:1A:00:00:0A"]}}}}
            """);
        var taken = 0;
        for (var i = 0; i < EdgeJson.Rounds; i++)
        {
            if (StrapBinding.Bind(Encoding.UTF8.GetString(json.Next()), Strap, only: i % 2 == 0) is not { } bound) continue;
            taken++;
            var settings = JsonNode.Parse(bound)!["DriverMonitor"]!;
            Assert.Equal(Strap, settings["HeartRate"]!["Bluetooth"]!["Addresses"]![0]!.GetValue<string>());
        }

        Assert.InRange(taken, EdgeJson.Rounds / 20, EdgeJson.Rounds - 1);
    }
}
