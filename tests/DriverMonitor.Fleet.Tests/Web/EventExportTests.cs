using System.Text;
using System.Text.Json;
using DriverMonitor.Fleet.Web;

namespace DriverMonitor.Fleet.Tests.Web;

public sealed class EventExportTests
{
    //  what a vehicle might say             what a spreadsheet is given
    [Theory]
    [InlineData("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0")]
    [InlineData("+1", "'+1")]
    [InlineData("-2+3", "'-2+3")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("  =1", "'  =1")]
    [InlineData("\u00a0=1", "'\u00a0=1")]
    [InlineData("\ufeff=1", "'\ufeff=1")]
    [InlineData("\u200b@SUM(A1)", "'\u200b@SUM(A1)")]
    [InlineData("\u0001=1", "'\u0001=1")]
    [InlineData("\n=1", "\"'\n=1\"")]
    [InlineData("\t1", "\"'\t1\"")]
    [InlineData("{\"a\":\"=1\"}", "\"{\"\"a\"\":\"\"=1\"\"}\"")]
    [InlineData(" ", " ")]
    [InlineData("\t=1", "\"'\t=1\"")]
    [InlineData("\r=1", "\"'\r=1\"")]
    [InlineData("＝1", "'＝1")]
    [InlineData("=\"a\",1", "\"'=\"\"a\"\",1\"")]
    [InlineData("eyes, closed", "\"eyes, closed\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    [InlineData("7-0412", "7-0412")]
    [InlineData("", "")]
    public void A_formula_is_text_in_a_spreadsheet(string said, string written) =>
        Assert.Equal($"a,{written}\r\n", CsvLine.Of("a", said));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Twenty_thousand_events_go_out_piece_by_piece(bool isCsv)
    {
        using var output = new CountingStream();

        var rows = await EventExport.WriteAsync(output, Events(20_000), isCsv, withData: true, default);

        Assert.Equal(20_000, rows);
        Assert.InRange(output.LargestWrite, 1, 200_000);
    }

    private static async IAsyncEnumerable<EventDetail> Events(int count)
    {
        var data = JsonDocument.Parse("""{"rule":"eyes_closed"}""").RootElement;
        for (var i = 0; i < count; i++)
        {
            yield return new(
                new("veh-0001", $"veh-0001:5f1c9a2e77b04d10:{i}", "raised", "fatigue", 3, default, default, "synced", false, "7-1"), data);
        }

        await Task.CompletedTask;
    }

    private sealed class CountingStream : MemoryStream
    {
        public int LargestWrite { get; private set; }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            LargestWrite = Math.Max(LargestWrite, buffer.Length);
            return ValueTask.CompletedTask;
        }
    }
}
