using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using DriverMonitor.Core.Baselines;
using DriverMonitor.Drivers;
using DriverMonitor.Hosting;
using DriverMonitor.Mqtt;
using DriverMonitor.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace DriverMonitor.Tests.RemoteCommands;

/// <summary>An operator at a shell, a real broker and the real service: the order goes there and the answer comes back.</summary>
public sealed class OrderEndToEndTests : IAsyncLifetime, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("drivermonitor-vehicle-").FullName;
    private readonly FleetKey _key = new();
    private readonly FleetKey _mark = new("mark-1");
    private Mosquitto _broker = null!;
    private Subscriber _fleet = null!;
    private Process _service = null!;

    private string Config => Path.Combine(_folder, "settings.json");

    public async Task InitializeAsync()
    {
        _broker = await Mosquitto.StartAsync();
        _fleet = await FleetEar.Fleet(_broker.Address);
        File.WriteAllText(Config, $$"""
            { "DriverMonitor": {
                "Camera": { "Source": "/dev/video99" },
                "Profiles": { "Folder": "{{_folder}}", "Driver": "anna" },
                "HeartRate": { "Mqtt": { "Enabled": true } },
                "Outbox": { "Folder": "{{_folder}}" },
                "Fleet": { "Keys": { "ops-1": { "File": "{{_key.PublicFile}}", "Orders": ["resend", "hwm", "config", "consent-request", "erase", "export", "locate-fault", "update"] }, "mark-1": { "File": "{{_mark.PublicFile}}", "Orders": ["hwm", "resend"] } }, "Folder": "{{_folder}}" },
                "Mqtt": { "Brokers": ["{{_broker.Address}}"], "Tenant": "acme", "Vehicle": "veh-0001", "FirstConnectSpread": "00:00:00", "Acknowledge": "Fleet" } } }
            """);
        new ProfileStore(new() { Folder = _folder, Driver = "anna" }, NullLogger<ProfileStore>.Instance).Save(
            new DriverProfile { LeftEyeOpen = 0.29 });
        _service = TheProgram.Start("run", "--config", Config);
        await Eventually.Sees(
            "the birth message",
            () => _fleet.Messages.Any(m => m.Topic.EndsWith("/status", StringComparison.Ordinal)),
            withinSeconds: 60);
        // Birth is said a moment before the vehicle listens.
        await Eventually.Sees("the head of the audit log", () => Heard("/audit", "io.dms.audit.head.v1"), withinSeconds: 60);
    }

    public async Task DisposeAsync()
    {
        if (!_service.HasExited) _service.Kill();
        await _service.WaitForExitAsync();
        await _fleet.DisposeAsync();
        await _broker.DisposeAsync();
    }

    public void Dispose()
    {
        _service.Dispose();
        _key.Dispose();
        _mark.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Every_order_of_the_operators_script_is_obeyed_and_answered_once()
    {
        using var reader = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var wanted = Convert.ToBase64String(reader.ExportSubjectPublicKeyInfo());

        var fault = await Order("locate-fault");
        Assert.Contains(
            fault["lines"]!.AsArray(), line => line!.GetValue<string>().StartsWith("ok    models", StringComparison.Ordinal));
        Assert.Contains(
            fault["lines"]!.AsArray(), line => line!.GetValue<string>().StartsWith("FAIL  camera", StringComparison.Ordinal));

        await Order("consent-request", """{"driver":"anna","modality":"stress"}""");
        Assert.Contains("asked", File.ReadAllText(Path.Combine(_folder, "anna.consent.json")), StringComparison.Ordinal);

        await Order("config", """{"set":{"Mqtt:Privacy":"P0"}}""");
        Assert.Contains(
            "\"Mqtt:Privacy\": \"P0\"", File.ReadAllText(Path.Combine(_folder, "fleet.json")), StringComparison.Ordinal);

        Assert.Equal("", File.ReadAllText(Path.Combine(_folder, "update.order")));
        Assert.Equal(
            "once the vehicle is switched off",
            (await Order("update", """{"version":"0.3.0","percent":100}"""))["detail"]!.GetValue<string>());
        Assert.Equal("0.3.0\n", File.ReadAllText(Path.Combine(_folder, "update.order")));

        var export = await Order("export", $$"""{"driver":"anna","key":"{{wanted}}"}""");
        var sealedFile = Path.Combine(_folder, "exports", export["detail"]!.GetValue<string>().Split(' ')[^1]);
        Assert.Contains(
            "0.29", SealedBundle.Open(File.ReadAllText(sealedFile), reader.ExportPkcs8PrivateKeyPem()), StringComparison.Ordinal);
        Assert.Null(export["bundle"]);

        await Order("erase", """{"driver":"anna"}""");
        await Eventually.Sees("the receipt", () => Heard("/audit", "io.dms.erased.v1"));
        Assert.False(File.Exists(Path.Combine(_folder, "anna.profile.json")));
        Assert.False(File.Exists(sealedFile));

        await Schemas.Fit(_fleet.Messages);
        var (code, output, errors) = await TheProgram.RunAsync("audit", "verify", "--config", Config);
        Assert.Equal((0, "ok    9 lines hold", ""), (code, output.Split(';')[0], errors));
    }

    [Fact]
    public async Task An_order_of_somebody_else_is_refused_over_the_air()
    {
        using var stranger = new FleetKey();
        var answer = await Send(stranger, "erase", """{"driver":"anna"}""");
        Assert.Equal(("bad_signature", false), (answer["reason"]!.GetValue<string>(), answer["ok"]!.GetValue<bool>()));
        Assert.True(File.Exists(Path.Combine(_folder, "anna.profile.json")));
    }

    [Fact]
    public async Task An_erasure_that_found_nothing_is_not_reported_as_done()
    {
        var answer = await Send(_key, "erase", """{"driver":"nobody"}""");
        Assert.Equal(("unknown_driver", false), (answer["reason"]!.GetValue<string>(), answer["ok"]!.GetValue<bool>()));
        Assert.False(Heard("/audit", "io.dms.erased.v1"));
        Assert.True(File.Exists(Path.Combine(_folder, "anna.profile.json")));
    }

    [Fact]
    public async Task A_key_for_marks_signs_marks_and_erases_nobody()
    {
        var epoch = _fleet
            .Messages.Select(message => JsonNode.Parse(message.Body)?["epoch"]?.GetValue<string>())
            .First(epoch => epoch is not null);
        Assert.True((await Send(_mark, "hwm", $$"""{"epoch":"{{epoch}}","upTo":0,"missing":[]}"""))["ok"]!.GetValue<bool>());
        var said = _fleet.Messages.Single(message => message.Topic.EndsWith("/cmdack/hwm", StringComparison.Ordinal)).Body;
        Assert.Equal(0, JsonNode.Parse(said)!["seq"]!.GetValue<long>());
        await Schemas.Fit(_fleet.Messages);
        Assert.Equal("out_of_scope", (await Send(_mark, "erase", """{"driver":"anna"}"""))["reason"]!.GetValue<string>());
        Assert.True(File.Exists(Path.Combine(_folder, "anna.profile.json")));
    }

    [Fact]
    public async Task What_the_fleet_misses_comes_again_and_what_it_has_does_not()
    {
        await using var fleet = await FleetDouble.StartAsync(_broker.Address, _key);
        var first = await fleet.OrderAsync("resend", """{"from":1,"to":1000}""");
        await Eventually.Sees(
            "the first events again",
            () => fleet.Events.Any(one => one.Seq == 1) && fleet.AnswerTo(first) is not null,
            withinSeconds: 60);
        var epoch = fleet.Events[0].Epoch;
        Assert.DoesNotContain(fleet.TallyOf("veh-0001", epoch).Missing(), range => range.From == 1);

        // The fleet says that the first never came, and has the rest.
        var before = fleet.Repeats;
        var mark = await fleet.OrderAsync("hwm", $$"""{"epoch":"{{epoch}}","upTo":2,"missing":[[1,1]]}""");
        await Eventually.Sees(
            "number 1 again", () => fleet.Repeats > before && fleet.AnswerTo(mark) is not null, withinSeconds: 60);

        // Now it has everything, and nothing is left to send again.
        var all = await fleet.MarkAsync("veh-0001", epoch);
        await Eventually.Sees("the mark taken", () => fleet.AnswerTo(all) is not null, withinSeconds: 60);
        Assert.Equal("0 events", await NumberSentAgain(fleet));
    }

    /// <summary>Nobody needs a key to send this: what it meets is the reader, before any signature.</summary>
    [Theory]
    [InlineData("cmd/erase", """{"a":-9223372036854775808}""")]
    [InlineData("in/heart", """{"bpm":72,"t":1e15}""")]
    [InlineData("in/heart", """{"bpm":72,"t":922337203685477}""")]
    public async Task A_message_with_a_number_at_its_limit_ends_nothing(string topic, string body)
    {
        using var shell = Mosquitto.Launch(
            "mosquitto_pub",
            "-h",
            _broker.Address.Host,
            "-p",
            $"{_broker.Address.Port}",
            "-V",
            "mqttv5",
            "-q",
            "1",
            "-t",
            $"{TestVehicle.Root}/{topic}",
            "-m",
            body);
        await shell.WaitForExitAsync();
        await Order("locate-fault");
        Assert.False(_service.HasExited);
    }

    private static async Task<string?> NumberSentAgain(FleetDouble fleet)
    {
        var id = await fleet.OrderAsync("resend", """{"from":1,"to":2}""");
        await Eventually.Sees("an answer", () => fleet.AnswerTo(id) is not null);
        return fleet.AnswerTo(id)!["detail"]?.GetValue<string>();
    }

    private async Task<JsonNode> Order(string name, string? args = null)
    {
        var answer = await Send(_key, name, args);
        Assert.True(answer["ok"]!.GetValue<bool>(), answer.ToJsonString());
        Assert.Single(Answers(answer["id"]!.GetValue<string>()));
        return answer;
    }

    /// <summary>As the operator's page shows it: the script's words into mosquitto_pub.</summary>
    private async Task<JsonNode> Send(FleetKey key, string name, string? args)
    {
        var line = $"'{Script()}' '{key.PrivateFile}' {key.Name} acme/veh-0001 {name} {(args is null ? "" : $"'{args}'")}"
            + $" | tee '{_folder}/sent' | mosquitto_pub -h {_broker.Address.Host} -p {_broker.Address.Port} -V mqttv5 -q 1 -t '{TestVehicle.Root}/cmd/{name}' -s";
        using var shell = Mosquitto.Launch("bash", "-o", "pipefail", "-c", line);
        await shell.WaitForExitAsync();
        Assert.True(shell.ExitCode == 0, await shell.StandardError.ReadToEndAsync());
        var id = JsonNode.Parse(File.ReadAllText(Path.Combine(_folder, "sent")))!["id"]!.GetValue<string>();
        await Eventually.Sees($"the answer to {name}", () => Answers(id).Any(), withinSeconds: 60);
        return Answers(id).First();
    }

    private IEnumerable<JsonNode> Answers(string id) => _fleet.Messages
        .Where(message => message.Topic.StartsWith($"{TestVehicle.Root}/cmdack/", StringComparison.Ordinal))
        .Select(message => JsonNode.Parse(message.Body)!["data"]!)
        .Where(answer => answer["id"]!.GetValue<string>() == id);

    private bool Heard(string topic, string says) => _fleet.Messages.Any(message =>
        message.Topic.EndsWith(topic, StringComparison.Ordinal) && message.Body.Contains(says, StringComparison.Ordinal));

    private static string Script([System.Runtime.CompilerServices.CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "deploy", "fleet", "sign-order.sh"));
}
