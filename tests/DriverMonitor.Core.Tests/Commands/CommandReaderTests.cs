using System.Text;
using System.Text.Json;
using DriverMonitor.Core.Commands;
using DriverMonitor.Core.Events;

namespace DriverMonitor.Core.Tests.Commands;

/// <summary>What is read from the bytes of an order, and the name under which everything else is refused.</summary>
public sealed class CommandReaderTests
{
    private const string Erase = """
        {"id":"a1","to":"veh-0001","name":"erase","ctr":412,"exp":"2026-11-22T11:25:31Z","args":{"driver":"anna"},"kid":"ops-1","sig":"AAAA"}
        """;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static TheoryData<string, string, string, string> WhatIsWrong =>
        new()
        {
            // name                              order                                              refused as           where
            { "nothing at all", "", "not_json", "" },
            { "no object", "[1]", "wrong_type", "" },
            { "cut off", Erase[..60], "not_json", "" },
            { "two objects", Erase.Trim() + "{}", "not_json", "" },
            { "an escape may hide a key", Erase.Replace("\"to\"", "\"t\\u006f\""), "strange_character", "" },
            { "letters of another alphabet", Erase.Replace("anna", "ännа"), "strange_character", "" },
            { "a zero byte", Erase.Replace("anna", "an\0a"), "strange_character", "" },
            { "a key nobody knows", Erase.Replace("\"ctr\"", "\"x\":1,\"ctr\""), "unknown_key", "x" },
            { "an argument nobody knows", Erase.Replace("\"anna\"", "\"anna\",\"all\":true"), "unknown_key", "all" },
            { "a key twice", Erase.Replace("\"ctr\"", "\"to\":\"b\",\"ctr\""), "duplicate_key", "to" },
            { "an argument twice", Erase.Replace("\"anna\"", "\"anna\",\"driver\":\"b\""), "duplicate_key", "driver" },
            { "no counter", Erase.Replace("\"ctr\":412,", ""), "missing_key", "ctr" },
            { "no argument", Erase.Replace("\"driver\":\"anna\"", ""), "missing_key", "driver" },
            { "no signature", Erase.Replace(",\"sig\":\"AAAA\"", ""), "missing_key", "sig" },
            { "a counter as text", Erase.Replace("412", "\"412\""), "wrong_type", "ctr" },
            { "a counter with a fraction", Erase.Replace("412", "412.0"), "wrong_type", "ctr" },
            { "a counter beyond 2^53", Erase.Replace("412", "9007199254740993"), "wrong_type", "ctr" },
            { "a counter of zero", Erase.Replace("412", "0"), "out_of_range", "ctr" },
            { "arguments as a list", Erase.Replace("{\"driver\":\"anna\"}", "[]"), "wrong_type", "args" },
            { "a path for a driver", Erase.Replace("anna", "../anna"), "out_of_range", "driver" },
            { "a driver of 33 letters", Erase.Replace("anna", new string('a', 33)), "out_of_range", "driver" },
            { "a local time", Erase.Replace("31Z", "31+01:00"), "out_of_range", "exp" },
            { "no base64", Erase.Replace("AAAA", "AAA"), "out_of_range", "sig" },
            { "deep arguments", Erase.Replace("\"anna\"", "[[[[1]]]]"), "too_deep", "driver" },
            { "an order that does not exist", Erase.Replace("erase", "mute"), "unknown_order", "name" },
            { "a picture", Erase.Replace("erase", "snapshot"), "unknown_order", "name" },
            { "a range that ends before it begins", Order("resend", """{"from":5,"to":4}"""), "out_of_range", "to" },
            {
                "a gap that ends before it begins",
                Order("hwm", """{"epoch":"5f1c9a2e77b04d10","upTo":9,"missing":[[5,4]]}"""),
                "out_of_range",
                "missing"
            },
            {
                "a gap of three",
                Order("hwm", """{"epoch":"5f1c9a2e77b04d10","upTo":9,"missing":[[5,6,7]]}"""),
                "wrong_type",
                "missing"
            },
            { "a short epoch", Order("hwm", """{"epoch":"5f1c","upTo":9,"missing":[]}"""), "out_of_range", "epoch" },
            { "no setting", Order("config", """{"set":{}}"""), "missing_key", "set" },
            { "a setting of settings", Order("config", """{"set":{"Mqtt":{"Privacy":"P0"}}}"""), "wrong_type", "Mqtt" },
            {
                "consent to what is not asked for",
                Order("consent-request", """{"driver":"anna","modality":"picture"}"""),
                "out_of_range",
                "modality"
            },
        };

    [Theory]
    [MemberData(nameof(WhatIsWrong))]
    public void It_is_refused_by_name(string story, string order, string refusal, string where)
    {
        var name = order.Contains("\"name\":\"", StringComparison.Ordinal)
            ? order.Split("\"name\":\"")[1].Split('"')[0]
            : "erase";

        var reading = CommandReader.Read(Encoding.UTF8.GetBytes(order), name);

        Assert.True(reading.Order is null, story);
        Assert.Equal((story, refusal, where), (story, OrderRefusals.NameOf(reading.Refusal!.Value), reading.Where ?? ""));
    }

    [Fact]
    public void More_than_8_KiB_are_not_looked_at()
    {
        var order = Erase.Trim();
        Assert.NotNull(Read(order.PadRight(CommandReader.LargestBytes)).Order);
        Assert.Equal(CommandRefusal.TooLarge, Read(order.PadRight(CommandReader.LargestBytes + 1)).Refusal);
    }

    [Fact]
    public void An_order_on_another_orders_topic_is_refused_and_still_answered_by_its_id()
    {
        var reading = CommandReader.Read(Encoding.UTF8.GetBytes(Erase), "resend");
        Assert.Equal((CommandRefusal.WrongTopic, "a1"), (reading.Refusal, reading.Id));
    }

    [Theory]
    [InlineData("resend", """{"from":3,"to":9}""")]
    [InlineData("hwm", """{"epoch":"5f1c9a2e77b04d10","missing":[[3,4],[7,7]],"upTo":9}""")]
    [InlineData("config", """{"set":{"Judgement:Stress:Enabled":false,"Mqtt:Privacy":"P0"}}""")]
    [InlineData("consent-request", """{"driver":"anna","modality":"stress"}""")]
    [InlineData("erase", """{"driver":"p:9f2c7a11c0de4b55"}""")]
    [InlineData("export", """{"driver":"anna","key":"AAAA"}""")]
    [InlineData("locate-fault", "{}")]
    [InlineData("update", """{"percent":25,"version":"0.3.0"}""")]
    public void Every_order_is_read_and_written_down_for_signing_in_one_way_only(string name, string args)
    {
        var sent = Order(name, args);
        var spacious = JsonSerializer.Serialize(JsonDocument.Parse(sent).RootElement, Indented);

        var order = Read(sent).Order!;

        Assert.Equal(name, order.Order.Name);
        var canonical =
            $$"""{"args":{{args}},"ctr":412,"exp":"2026-11-22T11:25:31Z","id":"a1","kid":"ops-1","name":"{{name}}","to":"veh-0001"}""";
        Assert.Equal(canonical, Encoding.UTF8.GetString(order.Canonical.AsSpan()));
        Assert.Equal(canonical, Encoding.UTF8.GetString(Read(spacious).Order!.Canonical.AsSpan()));
    }

    [Fact]
    public void The_values_of_an_order_arrive()
    {
        var mark = Assert.IsType<FleetCommand.HighWaterMark>(
            Read(Order("hwm", """{"epoch":"5f1c9a2e77b04d10","upTo":9,"missing":[[3,4]]}""")).Order!.Order);
        Assert.Equal((0x5f1c9a2e77b04d10ul, 9L, new SeqRange(3, 4)), (mark.Epoch, mark.UpTo, Assert.Single(mark.Missing)));

        var config = Assert.IsType<FleetCommand.Configure>(
            Read(Order("config", """{"set":{"Judgement:Alerts:HintsPerShift":2,"Mqtt:Privacy":null}}""")).Order!.Order);
        Assert.Equal([new("Judgement:Alerts:HintsPerShift", "2"), new("Mqtt:Privacy", null)], config.Changes.ToArray());
    }

    [Theory]
    [InlineData("0.3.0", -1)]
    [InlineData("0.3.0", 101)]
    [InlineData("0.3.0", 4_294_967_297)]
    [InlineData("-o=0.3.0", 10)]
    [InlineData("latest", 10)]
    [InlineData("0.3.0;reboot", 10)]
    [InlineData("0.3.0 0.4.0", 10)]
    public void A_version_that_is_none_or_a_share_beyond_all_is_refused(string version, long percent) =>
        Assert.NotNull(Read(Order("update", $$"""{"version":"{{version}}","percent":{{percent}}}""")).Refusal);

    [Fact]
    public void Every_name_has_an_order() =>
        Assert.All(
            FleetCommand.Names,
            name =>
                Assert.NotEqual(
                    CommandRefusal.UnknownOrder, CommandReader.Read(Encoding.UTF8.GetBytes(Order(name, "{}")), name).Refusal));

    [Fact]
    public void Every_refusal_has_a_name_of_its_own() =>
        Assert.Distinct(Enum.GetValues<CommandRefusal>().Select(OrderRefusals.NameOf));

    private static string Order(string name, string args) =>
        $$"""{"sig":"AAAA","id":"a1","to":"veh-0001","name":"{{name}}","ctr":412,"exp":"2026-11-22T11:25:31Z","args":{{args}},"kid":"ops-1"}""";

    private static OrderReading Read(string order) =>
        CommandReader.Read(Encoding.UTF8.GetBytes(order), order.Split("\"name\":")[1].Split('"')[1]);
}
