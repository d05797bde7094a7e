using System.Text;
using System.Text.Json.Nodes;
using DriverMonitor.Audit;
using DriverMonitor.Configuration;
using DriverMonitor.Core.Commands;
using DriverMonitor.RemoteCommands;
using DriverMonitor.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace DriverMonitor.Tests.RemoteCommands;

/// <summary>What a vehicle does with what it is told: obey once, or say why not.</summary>
public sealed class CommandReceiverTests : IAsyncDisposable
{
    private static readonly string Anna = """{"driver":"anna"}""";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("drivermonitor-orders-");
    private readonly FleetKey _key = new();
    private readonly FleetKey _stranger = new("ops-1");
    private CancellationTokenSource _stop = new();
    private readonly List<string> _done = [];
    private readonly List<CommandAnswer> _answers = [];
    private CommandReceiver _orders = null!;
    private Task _running = Task.CompletedTask;
    private FleetKeys? _keys;

    public CommandReceiverTests() => Start();

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _key.Dispose();
        _stranger.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task An_order_is_obeyed_answered_and_noted()
    {
        Send(_key.Sign("erase", Anna, "a1"));

        Assert.Equal(new CommandAnswer("a1", "erase", Ok: true, Detail: "3 files"), await Answer("a1"));
        Assert.Equal(["erase anna"], _done);
        Assert.Contains("\"what\":\"order\",\"name\":\"erase\",\"id\":\"a1\",\"kid\":\"ops-1\",\"ok\":true", Audited(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_forged_order_is_refused() => await IsRefused(_stranger.Sign("erase", Anna, "a1"), "bad_signature");

    [Fact]
    public async Task An_order_changed_on_its_way_is_refused() =>
        await IsRefused(
            Encoding.UTF8.GetBytes(
                Encoding.UTF8.GetString(_key.Sign("erase", Anna, "a1")).Replace("anna", "emil", StringComparison.Ordinal)),
            "bad_signature");

    [Fact]
    public async Task A_truncated_signature_is_refused()
    {
        var order = JsonNode.Parse(_key.Sign("erase", Anna, "a1"))!.AsObject();
        var signature = Convert.FromBase64String(order["sig"]!.GetValue<string>());
        order["sig"] = Convert.ToBase64String(signature.AsSpan(0, signature.Length - 1));
        await IsRefused(FleetKey.Write(order), "bad_signature");
    }

    [Fact]
    public async Task An_empty_signature_is_refused()
    {
        var order = JsonNode.Parse(_key.Sign("erase", Anna, "a1"))!.AsObject();
        order["sig"] = "AA==";
        await IsRefused(FleetKey.Write(order), "bad_signature");
    }

    [Theory]
    [InlineData("veh-0002", "other_vehicle")]
    [InlineData("acme/veh-0002", "other_vehicle")]
    [InlineData("beta/veh-0001", "other_vehicle")]
    [InlineData("acme/acme/veh-0001", "out_of_range")]
    [InlineData("/veh-0001", "out_of_range")]
    [InlineData("acme/", "out_of_range")]
    public async Task An_order_for_somebody_else_is_refused(string to, string reason) =>
        await IsRefused(_key.Sign("erase", Anna, "a1", to: to), reason);

    [Fact]
    public async Task A_key_that_is_not_known_is_refused() =>
        await IsRefused(_key.Sign("erase", Anna, "a1", change: order => order["kid"] = "ops-7"), "unknown_signer");

    [Fact]
    public async Task An_order_out_of_date_is_refused() =>
        await IsRefused(_key.Sign("erase", Anna, "a1", change: order => order["exp"] = "2026-01-01T00:00:00Z"), "expired");

    [Fact]
    public async Task An_order_that_does_not_exist_is_refused() =>
        await IsRefused(_key.Sign("mute", "{}", "a1"), "unknown_order", "mute", "unknown");

    [Fact]
    public async Task An_order_too_large_is_refused_without_an_id()
    {
        Send(new byte[CommandReader.LargestBytes + 1], "erase");
        Assert.Equal("too_large", (await Answer("")).Reason);
    }

    [Fact]
    public async Task An_old_counter_is_refused()
    {
        var old = _key.Sign("erase", Anna, "a1");
        Send(_key.Sign("locate-fault", "{}", "a2"), "locate-fault");
        await Answer("a2");
        await IsRefused(old, "replayed");
    }

    [Fact]
    public async Task The_same_order_again_has_the_same_answer_and_is_not_obeyed_again()
    {
        var order = _key.Sign("erase", Anna, "a1");
        Send(order);
        await Answer("a1");
        Send(order);
        await Eventually.Sees("a second answer", () => Answers().Count == 2);

        Assert.Equal(Answers()[0] with { IsRepeated = true }, Answers()[1]);
        Assert.Single(_done);
    }

    [Fact]
    public async Task After_a_new_start_old_orders_are_still_old()
    {
        var order = _key.Sign("erase", Anna, "a1");
        var older = _key.Sign("erase", Anna, "a0", change: o => o["ctr"] = 1);
        Send(order);
        await Answer("a1");
        await StopAsync();
        Start();

        Send(order);
        await Eventually.Sees("the same answer", () => Answers().Count == 2);
        Assert.True(Answers()[1].IsRepeated);
        await IsRefused(older, "replayed", done: 1, id: "a0");
    }

    [Fact]
    public async Task A_retained_order_is_not_even_answered()
    {
        _orders.Handle($"{TestVehicle.Root}/cmd/erase", _key.Sign("erase", Anna, "a1"), retained: true);
        Send(_key.Sign("locate-fault", "{}", "a2"), "locate-fault");
        await Answer("a2");

        Assert.Single(Answers());
        Assert.Equal(["locate-fault"], _done);
    }

    [Fact]
    public async Task In_a_flood_ten_are_obeyed_the_next_are_told_so_and_the_rest_is_not_read()
    {
        for (var i = 0; i < 200; i++) Send(_key.Sign("erase", Anna, $"a{i}"));
        await Eventually.Sees("the flood to be over", () => Answers().Count + _orders.Dropped == 200);

        Assert.Equal(CommandReplayGuard.MostObeyedAMinute, _done.Count);
        Assert.Equal(
            CommandReplayGuard.MostReadAMinute - CommandReplayGuard.MostObeyedAMinute,
            Answers().Count(answer => answer.Reason == "flooded"));
    }

    [Fact]
    public async Task An_order_during_which_the_program_ended_is_answered_at_the_next_start()
    {
        await StopAsync();
        CommandLedger.Open(_folder.FullName).Begin(CommandReader.Read(_key.Sign("erase", Anna, "a1"), "erase").Order!);
        Start();

        Assert.Equal("interrupted", (await Answer("a1")).Reason);
        Assert.Empty(CommandLedger.Open(_folder.FullName).Unanswered);
    }

    [Fact]
    public async Task A_mark_is_obeyed_without_a_word_on_disk()
    {
        Send(_key.Sign("hwm", """{"epoch":"5f1c9a2e77b04d10","upTo":9,"missing":[[3,4]]}""", "m1"), "hwm");
        Assert.True((await Answer("m1")).Ok);
        Assert.Equal(["mark 9"], _done);
        Assert.Empty(CommandLedger.Open(_folder.FullName).Counters);
        Assert.Equal("", Audited());
    }

    private async Task IsRefused(
        byte[] order, string reason, string topic = "erase", string answered = "erase", int done = 0, string id = "a1")
    {
        done = Math.Max(done, _done.Count);
        Send(order, topic);
        var answer = await Answer(id);
        Assert.Equal((reason, answered, false), (answer.Reason, answer.Name, answer.Ok));
        Assert.Equal(done, _done.Count);
        Assert.Contains($"\"reason\":\"{reason}\"", Audited(), StringComparison.Ordinal);
    }

    private void Send(byte[] order, string topic = "erase") =>
        _orders.Handle($"{TestVehicle.Root}/cmd/{topic}", order, retained: false);

    private async Task<CommandAnswer> Answer(string id)
    {
        await Eventually.Sees($"an answer to '{id}'", () => _running.IsFaulted || Answers().Exists(answer => answer.Id == id));
        if (_running.IsFaulted) await _running;
        return Answers().Find(answer => answer.Id == id)!;
    }

    private List<CommandAnswer> Answers()
    {
        lock (_answers) return [.. _answers];
    }

    private string Audited() =>
        Path.Combine(_folder.FullName, "audit.jsonl") is var file && File.Exists(file) ? File.ReadAllText(file) : "";

    private void Start()
    {
        _keys = FleetKeys.Load(
            new Dictionary<string, FleetKeySettings>
            {
                ["ops-1"] = new() { File = _key.PublicFile, Orders = [.. FleetCommand.Names] },
            }
        );
        _orders = new(
            "acme/veh-0001",
            _keys,
            CommandLedger.Open(_folder.FullName),
            new AuditLog(_folder.FullName, TimeProvider.System),
            Hands(),
            Keep,
            () => DateTimeOffset.UtcNow,
            TimeProvider.System,
            NullLogger<CommandReceiver>.Instance);
        _stop = new();
        _running = _orders.RunAsync(_stop.Token);
    }

    private void Keep(CommandAnswer answer)
    {
        lock (_answers) _answers.Add(answer);
    }

    private async Task StopAsync()
    {
        await _stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _running);
        _stop.Dispose();
        _keys!.Dispose();
    }

    private CommandHandlers Hands() => new()
    {
        Mark = mark => _done.Add($"mark {mark.UpTo}"),
        Resend = (_, _) => 0,
        Configure = changes => _done.Add($"config {changes.Count}"),
        AskDriver = request => _done.Add($"ask {request.Driver}"),
        Erase = driver =>
        {
            _done.Add($"erase {driver}");
            return 3;
        },
        Export = _ => ("sent", null),
        Renew = certificate => _done.Add($"renew {certificate.Length}"),
        LocateFault = _ =>
        {
            _done.Add("locate-fault");
            return Task.FromResult<IReadOnlyList<CheckLine>>([new("camera", true, "ok")]);
        },
    };
}
