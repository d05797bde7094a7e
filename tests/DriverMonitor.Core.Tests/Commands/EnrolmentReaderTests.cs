using System.Collections.Immutable;
using System.Text;
using DriverMonitor.Core.Commands;

namespace DriverMonitor.Core.Tests.Commands;

/// <summary>What is read from the bytes of an enrolment, and the words in which everything else is refused.</summary>
public sealed class EnrolmentReaderTests
{
    private static readonly Enrolment Whole = new(
        "acme",
        "veh-0001",
        ["fleet.example.com:8883", "[2001:db8::1]:8883"],
        [1, 2, 3],
        [4, 5, 6, 255, 254],
        [7, 8],
        [new("mark-1", [9], ["hwm", "resend", "certificate"]), new("ops-1", [10, 11], ["erase"])],
        new Dictionary<string, string> { ["Mqtt:Acknowledge"] = "Fleet" }.ToImmutableSortedDictionary());

    private static readonly string Text = Whole.Write();

    public static TheoryData<string, string, string> WhatIsWrong =>
        new()
        {
            // name                         file                                                          the clause
            { "nothing", "", "is no enrolment file, or was cut off" },
            { "cut off", Text[..^9], "is no enrolment file, or was cut off" },
            { "another JSON file", """{"DriverMonitor":{}}""", "is no enrolment file" },
            { "a list", "[1]", "is no enrolment file" },
            { "very deep", """{"a":[[[[[[[[1]]]]]]]]}""", "is no enrolment file" },
            { "a later version", Text.Replace("enrolment-1", "enrolment-2"), "is an enrolment of another version; update the program" },
            { "letters of another alphabet", Text.Replace("acme", "äcme"), "holds characters that no enrolment has" },
            { "an escape", Text.Replace("acme", "\\u0061"), "holds characters that no enrolment has" },
            { "too large", new string(' ', EnrolmentReader.LargestBytes + 1), "is larger than 16 KiB" },
            { "no key", Text.Replace("\"key\":\"Bwg=\",", ""), "lacks 'key'" },
            { "no broker", Text.Replace(Brokers, "[]"), "holds a 'brokers' that cannot be used" },
            { "a broker twice", Text.Replace(Brokers, "[\"a:1\",\"a:1\"]"), "holds a 'brokers' that cannot be used" },
            { "a broker as a number", Text.Replace(Brokers, "[1]"), "holds a 'brokers' that cannot be used" },
            { "a vehicle with a path", Text.Replace("veh-0001", "../veh"), "holds a 'vehicle' that cannot be used" },
            { "a vehicle twice", Text.Replace("\"brokers\"", "\"vehicle\":\"b\",\"brokers\""), "names 'vehicle' twice" },
            { "no base64", Text.Replace("AQID", "AQI"), "holds a 'authority' that cannot be used" },
            { "a key's name with a path", Text.Replace("\"mark-1\"", "\"../mark\""), "holds a 'keys' that cannot be used" },
            { "an order that does not exist", Text.Replace("[\"erase\"]", "[\"mute\"]"), "holds a 'orders' that cannot be used" },
            { "a key without orders", Text.Replace("[\"erase\"]", "[]"), "holds a 'orders' that cannot be used" },
            { "something else", Text.Replace("\"keys\"", "\"shell\":\"rm\",\"keys\""), "holds 'shell', which no enrolment has" },
            { "a privacy level", Text.Replace("Mqtt:Acknowledge", "Mqtt:Privacy"), "would set 'Mqtt:Privacy', which an enrolment may not" },
            { "a limit of judgement", Text.Replace("Mqtt:Acknowledge", "Judgement:Strict"), "would set 'Judgement:Strict', which an enrolment may not" },
        };

    private const string Brokers = """["fleet.example.com:8883","[2001:db8::1]:8883"]""";

    [Fact]
    public void What_was_written_is_read()
    {
        var read = EnrolmentReader.Read(Encoding.ASCII.GetBytes(Text), out var fault);

        Assert.Null(fault);
        Assert.Equal(Text, read!.Write());
        Assert.Equal(Whole.Certificate, read.Certificate.AsEnumerable());
        Assert.Equal(["hwm", "resend", "certificate"], read.Keys[0].Orders.AsEnumerable());
    }

    [Theory]
    [MemberData(nameof(WhatIsWrong))]
    public void What_is_wrong_is_said_in_words(string what, string file, string clause)
    {
        var read = EnrolmentReader.Read(Encoding.UTF8.GetBytes(file), out var fault);

        Assert.Equal((what, clause), (what, fault));
        Assert.Null(read);
    }

    [Fact]
    public void No_bytes_make_it_throw()
    {
        var random = new Random(20261130);
        var bytes = Encoding.ASCII.GetBytes(Text);
        var taken = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var changed = bytes.AsSpan(0, random.Next(4) == 0 ? random.Next(bytes.Length) : bytes.Length).ToArray();
            if (changed.Length > 0 && random.Next(8) > 0) changed[random.Next(changed.Length)] = (byte)random.Next(256);
            var read = EnrolmentReader.Read(changed, out var fault);
            Assert.True(read is null == fault is not null);
            if (read is not null) taken++;
        }

        Assert.InRange(taken, 1, 19_999);
    }
}
