using DriverMonitor.Outbox;
using DriverMonitor.Tests.Support;

namespace DriverMonitor.Tests.Outbox;

/// <summary>With a folder: events outlive the program.</summary>
public sealed class StoreTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("outbox").FullName;

    private static OutboxLimits Forty
    {
        get
        {
            var usual = new OutboxLimits();
            return usual with
            {
                Alert = usual.Alert with { Rows = 40 },
                Record = usual.Record with { Rows = 40, LeastFree = 0 },
                Trace = usual.Trace with { Rows = 40, LeastFree = 0 },
            };
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task What_waits_is_there_after_the_next_start_with_its_number_and_epoch()
    {
        ulong epoch;
        using (var first = new TestOutbox(_folder))
        {
            await first.Add(3);
            epoch = first.Outbox.Epoch;
            Assert.Equal((1, true), (first.Outbox.Boot, first.Outbox.IsDurable));
            Assert.Equal("1 2 3", first.Waiting());
            first.Outbox.Acknowledge(2);
        }

        using var second = new TestOutbox(_folder);
        await second.Add();
        Assert.Equal("1 3 4", second.Waiting());
        Assert.Equal((epoch, 2, 3), (second.Outbox.Epoch, second.Outbox.Boot, second.Outbox.Count.Waiting));
    }

    [Fact]
    public async Task A_number_is_never_given_twice_even_when_everything_was_sent()
    {
        for (var start = 1; start <= 3; start++)
        {
            using var box = new TestOutbox(_folder);
            await box.Add();
            Assert.Equal($"{start}", box.Waiting());
            box.Outbox.Acknowledge(start);
            Assert.Equal(0, box.Outbox.Count.Waiting);
            Assert.Equal("", box.Waiting());
        }
    }

    [Fact]
    public async Task What_was_sent_cannot_be_read_from_the_card_any_more()
    {
        using (var box = new TestOutbox(_folder))
        {
            foreach (var secret in Enumerable.Range(0, 8)) box.Outbox.Add(OutboxClass.Alert, TestOutbox.Topic, _ => Secret(secret));
            await box.Idle();
            Assert.Contains("SECRET-0", OnDisk(), StringComparison.Ordinal);
            box.Waiting();
            for (var seq = 1; seq <= 8; seq++) box.Outbox.Acknowledge(seq);
            // The last number is never deleted, or it would be given again.
            await box.Add();
            await Eventually.Sees("what was sent deleted", () => box.Outbox.Count.Waiting == 1);
        }

        // Whoever opens it next writes the log back into the file.
        using (var next = new TestOutbox(_folder)) await next.Add();
        Assert.DoesNotContain("SECRET-", OnDisk(), StringComparison.Ordinal);

        static byte[] Secret(int number) => System.Text.Encoding.UTF8.GetBytes($"SECRET-{number}".PadRight(600, '.'));
    }

    [Fact]
    public async Task Until_the_fleet_confirms_everything_can_be_sent_again()
    {
        using var box = new TestOutbox(_folder, Acknowledgement.Fleet);
        await box.Add(6);
        Assert.Equal("1 2 3 4 5 6", box.Waiting());
        for (var seq = 1; seq <= 6; seq++) box.Outbox.Acknowledge(seq);
        Assert.Equal("", box.Waiting());

        Assert.Equal(2, box.Outbox.Resend(4, 5));
        await Eventually.Sees("two to send again", () => box.Outbox.Count.Waiting == 2);
        Assert.Equal("4 5", box.Waiting());
        box.Outbox.Acknowledge(4);
        box.Outbox.Acknowledge(5);

        box.Outbox.MarkUpTo(box.Outbox.Epoch, 4, [new(2, 3)]);
        await Eventually.Sees("what the fleet misses", () => box.Outbox.Count.Waiting == 2);
        Assert.Equal("2 3", box.Waiting());
        Assert.Equal(0, box.Outbox.Resend(1, 1));
    }

    [Fact]
    public async Task A_mark_of_another_epoch_or_beyond_the_last_number_changes_nothing()
    {
        using var box = new TestOutbox(_folder, Acknowledgement.Fleet);
        await box.Add(3);
        box.Outbox.MarkUpTo(box.Outbox.Epoch + 1, 3, []);
        box.Outbox.MarkUpTo(box.Outbox.Epoch, 4, []);
        await box.Add();
        Assert.Equal("1 2 3 4", box.Waiting());
    }

    [Fact]
    public async Task The_fleet_is_told_once_what_it_asks_for_in_vain()
    {
        using var box = new TestOutbox(_folder, Acknowledgement.Fleet);
        await box.Add(5);
        box.Outbox.MarkUpTo(box.Outbox.Epoch, 3, []);
        await Eventually.Sees("three gone", () => box.Outbox.Count.Waiting == 2);
        for (var i = 0; i < 2; i++) box.Outbox.MarkUpTo(box.Outbox.Epoch, 1, [new(2, 4)]);
        await Eventually.Sees("the answer", () => box.Outbox.Count.Waiting == 3);
        await box.Add();
        Assert.Equal("4 5 gap(2-3 2 Alert gone) 7", box.Waiting());
    }

    [Fact]
    public async Task Each_class_has_its_quota_and_an_alert_goes_last()
    {
        using var box = new TestOutbox(_folder, limits: Forty);
        await box.Add(41, OutboxClass.Record);
        await Eventually.Sees("a gap of records", () => GapsOnDisk() == "gap(1-2 2 Record quota)");
        Assert.Contains("gap(1-2 2 Record quota)", box.Waiting(), StringComparison.Ordinal);

        // 45 and two gaps are 47 alerts, seven more than their own room, which the records give up.
        await box.Add(45);
        const string Both = "gap(1-2 2 Record quota) gap(3-8 6 Record quota)";
        await Eventually.Sees("records given up for alerts", () => GapsOnDisk() == Both);
        Assert.InRange(box.Outbox.Count.Dropped, 3, 41);
        Assert.Equal(33 + 45 + 2, box.Outbox.Count.Waiting);
    }

    [Theory]
    [InlineData("all at once", 45)]
    [InlineData("one by one", 1)]
    [InlineData("by sevens", 7)]
    public async Task What_goes_does_not_depend_on_how_many_were_written_at_once(string grouping, int together)
    {
        using var box = new TestOutbox(_folder, limits: Forty);
        await box.Add(41, OutboxClass.Record);
        for (var left = 45; left > 0; left -= together) await box.Add(Math.Min(left, together));

        await Eventually.Sees($"one gap that has grown, {grouping}", () => GapsOnDisk() == "gap(1-8 8 Record quota)");
        Assert.Equal((8, 33 + 45 + 1), (box.Outbox.Count.Dropped, box.Outbox.Count.Waiting));
        Assert.Contains(" 41 gap(1-8 8 Record quota) 43 ", box.Waiting(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Alerts_that_outgrow_all_room_give_up_their_oldest_and_say_so_once()
    {
        using var box = new TestOutbox(_folder, limits: Forty);
        await box.Add(5, OutboxClass.Trace);
        await box.Add(5, OutboxClass.Record);
        for (var i = 0; i < 100; i++) await box.Add();

        // Room for eighty: the records are gone by then, and the traces went with the first alert too many.
        await Eventually.Sees("three losses", () => GapsOnDisk().Split(" gap").Length == 3);
        Assert.InRange(box.Outbox.Count.Waiting, 78, 80);
        Assert.Matches("^gap\\(1-5 5 Trace quota\\) .*gap\\(\\d+-\\d+ \\d+ Alert quota\\)", GapsOnDisk());
    }

    [Fact]
    public async Task A_loss_that_was_sent_stays_as_it_was_and_the_next_is_another()
    {
        using var box = new TestOutbox(_folder, limits: Forty);
        await box.Add(41, OutboxClass.Record);
        await Eventually.Sees("a gap of records", () => GapsOnDisk() == "gap(1-2 2 Record quota)");
        await box.Add(2, OutboxClass.Record);
        await Eventually.Sees("the same gap, longer", () => GapsOnDisk() == "gap(1-4 4 Record quota)");

        Assert.Contains(" gap(1-4 4 Record quota) ", box.Waiting(), StringComparison.Ordinal);
        await box.Add(2, OutboxClass.Record);
        const string Both = "gap(1-4 4 Record quota) gap(5-6 2 Record quota)";
        await Eventually.Sees("another gap", () => GapsOnDisk() == Both);
    }

    [Fact]
    public async Task What_is_too_large_for_its_quota_goes_too()
    {
        var small = new OutboxLimits();
        using var box = new TestOutbox(
            _folder,
            limits: small with
            {
                Trace = small.Trace with { Bytes = 100_000, LeastFree = 0 },
            }
        );
        await box.Add(20, OutboxClass.Trace, bytes: 6_000);
        await Eventually.Sees("a gap of traces", () => box.Waiting().Contains("Trace quota", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_free_space_only_alerts_are_written()
    {
        var greedy = new OutboxLimits();
        using var box = new TestOutbox(_folder, limits: greedy with
        {
            Record = greedy.Record with { LeastFree = long.MaxValue }, Trace = greedy.Trace with { LeastFree = long.MaxValue },
        });
        await box.Add(2, OutboxClass.Record);
        await box.Add();
        Assert.Equal("gap(1-2 2 Record space) 4", box.Waiting());
    }

    [Fact]
    public async Task A_fresh_alert_overtakes_an_old_backlog_and_nothing_else_does()
    {
        using (var yesterday = new TestOutbox(_folder)) await yesterday.Add(3);

        using var box = new TestOutbox(_folder);
        box.Pass(TimeSpan.FromDays(1));
        await box.Add(1, OutboxClass.Record);
        await box.Add(2);
        Assert.Equal("5 6 1 2 3 4", box.Waiting());
    }

    [Fact]
    public async Task Two_programs_do_not_share_a_folder()
    {
        using var first = new TestOutbox(_folder);
        using var second = new TestOutbox(_folder);
        await second.Add();
        Assert.Equal((true, false), (first.Outbox.IsDurable, second.Outbox.IsDurable));
        await Eventually.Sees("the trouble told", () => second.Waiting() == "1 failed");
    }

    /// <summary>As it lies in the file: to ask the link would be to send it.</summary>
    private string GapsOnDisk()
    {
        using var file = StoreFile.OpenReader(StoreFolder.DatabaseIn(_folder));
        using var rows = file.CreateCommand();
        rows.CommandText = "SELECT group_concat(text, ' ') FROM (SELECT CAST(body AS TEXT) AS text FROM q ORDER BY seq) WHERE text LIKE 'gap%'";
        return rows.ExecuteScalar() as string ?? "";
    }

    /// <summary>Every byte of the store as it lies there, as text.</summary>
    private string OnDisk() => string.Concat(
        Directory.GetFiles(Path.Combine(_folder, "queue")).Select(file => System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(file))));
}
