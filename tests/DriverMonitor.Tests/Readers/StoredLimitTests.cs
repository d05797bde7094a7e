using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using DriverMonitor.Configuration;
using DriverMonitor.Core;
using DriverMonitor.Core.Baselines;
using DriverMonitor.Core.Privacy;
using DriverMonitor.Core.Signals;
using DriverMonitor.Drivers;
using DriverMonitor.HeartRate;
using DriverMonitor.Hosting;
using DriverMonitor.Monitoring;
using DriverMonitor.Mqtt;
using DriverMonitor.Recording;
using DriverMonitor.RemoteCommands;
using DriverMonitor.Tests.Configuration;
using DriverMonitor.Tests.Support;
using DriverMonitor.Vehicle;
using Microsoft.Extensions.Logging.Abstractions;

namespace DriverMonitor.Tests.Readers;

/// <summary>
/// Files with every value at its limits: each reader takes them or refuses them by name, never throws anything else, and what it
/// took can be judged. 20,000 for each reader, 400,000 in the long form.
/// </summary>
public sealed class StoredLimitTests : IDisposable
{
    private static readonly DriverProfile Profile = new()
    {
        LeftEyeOpen = 0.29,
        RightEyeOpen = 0.3,
        BlinkRate = new(17, 3, 55, 2),
        LnBlinkDuration = new(5, 0.3, 55, 2),
        SkinConductance = new(4, 1, 50, 2),
        Heart = new(new(66, 4, 50, 2), new(3.4, 0.2, 50, 2), new(10, 2, 50, 2)),
        Neutral = default(FaceShape),
        Shifts =
        [
            new(
                new DateOnly(2026, 11, 22),
                new(TimeSpan.FromHours(2), 0.2, 0.4, default, default, default, 3, 0.9),
                default,
                default,
                default),
        ],
    };

    private readonly string _folder = MemoryFolder.Create("drivermonitor-limits-");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_profile_is_used_or_set_aside()
    {
        var json = new EdgeJson(11, JsonSerializer.Serialize(Profile));
        var store = new ProfileStore(new() { Folder = _folder, Driver = "anna" }, NullLogger<ProfileStore>.Instance);
        var taken = 0;
        for (var i = 0; i < EdgeJson.Rounds; i++)
        {
            File.WriteAllBytes(Path.Combine(_folder, "anna.profile.json"), json.Next());
            if (store.Load() is not { } profile) continue;
            taken++;
            _ = profile.FatigueTrend();
            if (i % 20 == 0) Judge(new(new(), profile: profile));
        }

        Assert.InRange(taken, EdgeJson.Rounds / 20, EdgeJson.Rounds - 1);
    }

    [Fact]
    public void Consents_are_used_or_set_aside()
    {
        var book = ConsentRecord
            .Empty.Grant(Modalities.Camera, DateTimeOffset.UnixEpoch)
            .Withdraw(Modalities.Heart, DateTimeOffset.UnixEpoch);
        var settings = new ProfileSettings { Folder = _folder, Driver = "anna" };
        var store = new ConsentStore(settings, NullLogger.Instance);
        store.Save(book);
        var json = new EdgeJson(12, File.ReadAllText(store.Place!));
        for (var i = 0; i < EdgeJson.Rounds; i++)
        {
            File.WriteAllBytes(store.Place!, json.Next());
            var read = store.Load();
            Assert.All(
                read.Words,
                word => Assert.True(ConsentText.Each.Contains(word.Key) && Enum.IsDefined(word.Value.State), $"{word}"));
            read.Allowed(new(), DateTimeOffset.MaxValue);
            read.Allowed(new(), DateTimeOffset.MinValue);
        }
    }

    [Fact]
    public void The_ledger_of_orders_is_used_or_refused_in_one_line()
    {
        var file = Path.Combine(_folder, "orders.json");
        var json = new EdgeJson(
            13,
            """{"Counters":{"ops-1":412},"Lines":[{"Id":"a1","Name":"erase","KeyId":"ops-1","Counter":412,"Answer":null},{"Id":"a2","Name":"hwm","KeyId":"ops-1","Counter":5,"Answer":{"Id":"a2","Name":"hwm","Ok":true,"Reason":null,"Detail":"x","Lines":[],"Bundle":null,"IsRepeated":false}}]}"""
        );
        var taken = 0;
        for (var i = 0; i < EdgeJson.Rounds; i++)
        {
            File.WriteAllBytes(file, json.Next());
            try
            {
                var ledger = CommandLedger.Read(_folder);
                taken++;
                Assert.All(ledger.Counters, counter => Assert.InRange(counter.Value, 0, long.MaxValue));
                Assert.All(ledger.Unanswered, line => Assert.NotNull(line.Id));
            }
            catch (ConfigurationException e)
            {
                Assert.DoesNotContain('\n', e.Message);
            }
        }

        Assert.InRange(taken, EdgeJson.Rounds / 20, EdgeJson.Rounds - 1);
    }

    [Fact]
    public void Settings_from_afar_are_used_or_passed_over()
    {
        var json = new EdgeJson(14, """{"Mqtt:Privacy":"P0","Mqtt:KeepAlive":"00:00:30","Judgement:Alerts:HintsPerShift":"2"}""");
        for (var i = 0; i < EdgeJson.Rounds; i++)
        {
            File.WriteAllBytes(Path.Combine(_folder, "fleet.json"), json.Next());
            foreach (var (_, changes) in new FleetOverlay(_folder).Candidates())
                Assert.All(changes, change => Assert.NotNull(change.Value));
        }
    }

    [Fact]
    public void A_settings_file_is_used_or_refused_in_one_line()
    {
        var keys = SettingsTree
            .Sections(new MonitorOptions())
            .SelectMany(section =>
                SettingsTree.Keys(section).Select(key => $"{section.Path}:{key.Property.Name}").Append(section.Path))
            .Where(key => key.Length > 0)
            .ToArray();
        var path = Path.Combine(_folder, "settings.json");
        var random = new Random(18);
        var taken = 0;
        for (var i = 0; i < EdgeJson.Rounds; i++)
        {
            var key = keys[random.Next(keys.Length)].Split(':');
            var token = EdgeJson.Tokens[random.Next(EdgeJson.Tokens.Length)];
            File.WriteAllText(
                path,
                $"{string.Concat(key.Prepend("DriverMonitor").Select(one => $"{{\"{one}\":"))}{token}{new string('}', key.Length + 1)}"
            );
            try
            {
                var settings = SettingsFile.Load<MonitorOptions>(path).Settings;
                taken++;
                if (key[0] == "Judgement")
                    Judge(new(settings.Judgement));
                _ = new LinkPolicy(() => 1, settings.Mqtt.FirstConnectSpread, 1, settings.Mqtt.ReconnectSpread).Step(
                    TimeSpan.Zero, ConnectionEvent.Unreachable);
            }
            catch (ConfigurationException e)
            {
                Assert.DoesNotContain('\n', e.Message);
            }
        }

        Assert.InRange(taken, EdgeJson.Rounds / 50, EdgeJson.Rounds - 1);
    }

    [Fact]
    public void A_recordings_header_is_used_or_refused()
    {
        var whole = Encoding.UTF8.GetString(
            new RecordingHeader
            {
                Driver = "anna",
                StartedAt = DateTimeOffset.UnixEpoch,
                Judgement = new(),
                Profile = Profile,
                Models = ["m"],
            }.ToJson());
        // Most values are the judgement's settings, which the settings file has too: in three of four headers the others have
        // their turn.
        var few = JsonNode.Parse(whole)!;
        few[nameof(RecordingHeader.Judgement)] = new JsonObject();
        var json = new EdgeJson(15, whole, few.ToJsonString(), few.ToJsonString(), few.ToJsonString());
        var taken = 0;
        for (var i = 0; i < EdgeJson.Rounds; i++)
        {
            try
            {
                var header = RecordingHeader.Parse(json.Next());
                if (++taken % 20 == 0) Judge(new(header.Judgement, profile: header.Profile));
                Assert.True(header is { Driver: not null, Models: not null, Part: >= 1 });
            }
            catch (InvalidDataException)
            {
                // refused
            }
        }

        Assert.InRange(taken, EdgeJson.Rounds / 20, EdgeJson.Rounds - 1);
    }

    [Fact]
    public void A_recording_whose_numbers_cannot_be_is_damage_and_what_is_left_is_judged()
    {
        var random = new Random(16);
        const int ToAFile = 500;
        for (var done = 0; done < EdgeJson.Rounds; done += ToAFile)
        {
            var path = Path.Combine(_folder, "drive.recording");
            using (var file = File.Create(path))
            {
                file.Write(RecordingFormat.Mark);
                WriteBlock(
                    file,
                    new RecordingHeader
                    {
                        Driver = "anna",
                        StartedAt = DateTimeOffset.UnixEpoch,
                        Judgement = new(),
                    }.ToJson());
                for (var i = 0; i < ToAFile; i++)
                    WriteBlock(file, Damaged(random, TimeSpan.FromSeconds(i)));
            }

            var reader = new RecordingReader([path]);
            foreach (var seen in reader.Read().OfType<RecordingItem.Seen>())
                Assert.InRange(seen.Observation.At, TimeSpan.Zero, CheckedTime.Longest);
            new RecordingReplay(reader).Run(
                new(new() { Anger = new() { Enabled = true } }), new NoSink(), CancellationToken.None);
            foreach (var line in RecordingLines.Of(reader))
                JsonDocument.Parse(line).Dispose();
        }
    }

    [Fact]
    public void A_recorded_heart_or_speed_is_read_or_refused_with_its_line()
    {
        var path = Path.Combine(_folder, "series.csv");
        var random = new Random(17);
        string[] numbers =
        [
            .. EdgeJson.Tokens.Where(token => token.Length < 40 && token[0] is not ('"' or '[' or '{')),
            "",
            "999999999",
            "64000",
            "1.5",
            ";",
            "800;810",
            "\0",
        ];
        for (var i = 0; i < EdgeJson.Rounds / 10; i++)
        {
            var lines = Enumerable
                .Range(0, 10)
                .Select(at =>
                    string.Join(
                        ',',
                        Enumerable
                            .Range(0, random.Next(1, 4))
                            .Select(field => random.Next(3) == 0 ? numbers[random.Next(numbers.Length)] : $"{at + field}")));
            File.WriteAllText(path, (i % 5 == 0 ? "Interval=1000\n[HRData]\n" : "") + string.Join('\n', lines));
            Refused<HeartFileException>(() =>
                Assert.All(HeartFile.Read(path), one => Assert.InRange(one.At, TimeSpan.Zero, CheckedTime.Longest)));
            Refused<VehicleFileException>(() =>
                Assert.True(new RecordedSpeed(path).Read(CheckedTime.Longest) is null or { SpeedKmh: null or (>= 0 and < 500) }));
        }
    }

    private static void Refused<T>(Action read) where T : Exception
    {
        try
        {
            read();
        }
        catch (T e)
        {
            Assert.DoesNotContain('\n', e.Message);
        }
    }

    private static void Judge(MonitorPipeline pipeline)
    {
        for (var i = 0; i < 40; i++)
        {
            var seen = new Observation(
                TimeSpan.FromSeconds(i / 4.0),
                new FaceReading
                {
                    Sight = Sight.Driver,
                    Presence = 1,
                    LeftEye = new(0.3, 1),
                    RightEye = new(0.3, 1),
                    MouthOpen = 0.1,
                    Head = new(1, 2, 3),
                    Gaze = new(1, 2, 1),
                    Shape = default(FaceShape),
                    Expression = new() { Angry = 0.9f },
                },
                new("strap", 72, StrapContact.Detected, [812, 805]),
                new(80),
                Skin: new(4, 33, "strap"));
            if (pipeline.Step(seen).Scores is { } scores)
                Assert.True(
                    scores.Fatigue is { P: >= 0 and <= 1 } && scores.Stress is { P: >= 0 and <= 1 },
                    $"{scores.Fatigue} {scores.Stress}");
        }

        pipeline.Finish();
        _ = pipeline.Profile();
    }

    /// <summary>One observation with everything in it, some bytes of it at their limits; its checksum will be right.</summary>
    private static byte[] Damaged(Random random, TimeSpan at)
    {
        Span<byte> room = stackalloc byte[2048];
        var block = new BlockWriter(room);
        block.Byte((byte)EntryKind.Seen);
        ObservationEntry.Write(
            ref block,
            new(
                at,
                new FaceReading
                {
                    Sight = Sight.Driver,
                    Presence = 1,
                    LeftEye = new(0.3, 1),
                    RightEye = new(0.3, 1),
                    Head = new(1, 2, 3),
                },
                new("strap", 72, StrapContact.Detected, [812, 805]),
                new(80, 3, true),
                new(DateTimeOffset.UnixEpoch, true),
                Allowed: Modalities.All,
                Skin: new(4, 33, "strap"),
                Sleep: new(TimeSpan.FromHours(8), TimeSpan.FromHours(7)),
                DisputedAlert: new("fatigue", at)));
        var bytes = room[..block.Length].ToArray();
        long[] edges =
        [
            long.MinValue,
            long.MaxValue,
            0,
            -1,
            CheckedTime.Longest.Ticks + 1,
            DateTimeOffset.MaxValue.Ticks,
            BitConverter.DoubleToInt64Bits(double.NaN),
            BitConverter.DoubleToInt64Bits(1e308),
            BitConverter.DoubleToInt64Bits(double.NegativeInfinity),
            BitConverter.DoubleToInt64Bits(5e-324),
        ];
        for (var i = random.Next(3); i > 0; i--)
            BinaryPrimitives.WriteInt64LittleEndian(
                bytes.AsSpan(random.Next(3, bytes.Length - 8)), edges[random.Next(edges.Length)]);
        if (random.Next(2) == 0)
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(3), edges[random.Next(edges.Length)]);
        return random.Next(30) == 0 ? bytes[..random.Next(1, bytes.Length)] : bytes;
    }

    private static void WriteBlock(FileStream file, ReadOnlySpan<byte> block)
    {
        Span<byte> head = stackalloc byte[RecordingFormat.BlockHead];
        RecordingFormat.Head(head, block);
        file.Write(head);
        file.Write(block);
    }

    private sealed class NoSink : IEventSink
    {
        public void Emit(in Observation seen, in Outcome outcome) { }
    }
}
