using System.Security.Cryptography;
using DriverMonitor.Audit;
using DriverMonitor.Drivers;
using Microsoft.Extensions.Logging.Abstractions;

namespace DriverMonitor.Tests.Drivers;

/// <summary>A pseudonym is another one every month, and an erasure still finds what was kept under the one before.</summary>
public sealed class AliasSaltsTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 8, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    private readonly string _folder = Directory.CreateTempSubdirectory("salts").FullName;

    private string Salts => Path.Combine(_folder, "alias.salt");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("a vehicle that drives every day", 7, "0 29 30 59 60 90", "A A BA BA CB DC")]
    [InlineData("recordings are kept for long, and so are their names", 90, "0 30 60 90 119 120 150", "A BA CBA DCBA DCBA EDCB FEDC")]
    [InlineData("parked for half a year", 7, "0 10 200 201", "A A B B")]
    [InlineData("a clock that ran ahead and was put right", 7, "400 0 29 30", "A A A BA")]
    [InlineData("a clock set back after a change, and right from then on", 7, "0 30 10 39 40 60", "A BA BA BA CBA CB")]
    [InlineData("a clock set back before all that was", 7, "0 30 60 -400 -371 -370", "A BA CB CB CB DCB")]
    [InlineData("a clock set back again and again keeps no more than there was", 7, "0 30 0 29 0 29 0 30", "A BA BA BA BA BA BA CBA")]
    public void Salts_come_and_go(string story, int keepDays, string days, string expected)
    {
        var (alias, known) = (new DriverAlias(_folder), new List<string>());
        var seen = days.Split(' ').Select(day =>
        {
            new AliasSalts(_folder).Renew(Start.AddDays(int.Parse(day, null)), TimeSpan.FromDays(keepDays));
            return string.Concat(alias.AllOf("anna").Reverse().Select(Letter).Reverse());
        });

        Assert.Equal((story, expected), (story, string.Join(' ', seen)));

        string Letter(string name)
        {
            if (!known.Contains(name)) known.Add(name);
            return $"{(char)('A' + known.IndexOf(name))}";
        }
    }

    [Fact]
    public void The_name_of_an_older_version_holds_until_its_time_is_over()
    {
        var salt = RandomNumberGenerator.GetBytes(32);
        File.WriteAllBytes(Salts, salt);
        var name = $"p:{Convert.ToHexStringLower(HMACSHA256.HashData(salt, "anna"u8))[..16]}";

        Assert.Equal(name, new DriverAlias(_folder).Of("anna"));
        Assert.True(new AliasSalts(_folder).Renew(Start, Week));
        Assert.False(new AliasSalts(_folder).Renew(Start.AddDays(29), Week));
        Assert.Equal(name, new DriverAlias(_folder).Of("anna"));
        Assert.True(new AliasSalts(_folder).Renew(Start.AddDays(30), Week));
        Assert.Equal(name, new DriverAlias(_folder).AllOf("anna")[1]);
    }

    [Fact]
    public void Two_vehicles_and_two_drivers_have_names_of_their_own()
    {
        var other = new DriverAlias(Path.Combine(_folder, "other"));
        var names = new[] { new DriverAlias(_folder).Of("anna"), new DriverAlias(_folder).Of("emil"), other.Of("anna"), other.Of("emil") };

        Assert.Equal(4, names.Distinct().Count());
    }

    [Theory]
    [InlineData("")]
    [InlineData("half a line")]
    [InlineData("- 00ff\n")]
    public void A_damaged_file_names_nobody(string text)
    {
        File.WriteAllText(Salts, text);

        Assert.Contains("alias.salt is damaged", Assert.Throws<IOException>(() => new DriverAlias(_folder).Of("anna")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_erasure_finds_what_was_kept_under_the_name_before_and_says_both()
    {
        var old = new DriverAlias(_folder).Of("anna");
        new AliasSalts(_folder).Renew(Start, Week);
        new AliasSalts(_folder).Renew(Start.AddDays(30), Week);
        var (now, kept) = (new DriverAlias(_folder).Of("anna"), new List<string> { old, old });
        kept.Add(now);
        var rights = new DriverRights(
            new() { Folder = Path.Combine(_folder, "profiles"), Driver = "anna" }, _folder, new AuditLog(_folder, TimeProvider.System),
            TimeProvider.System, NullLogger.Instance,
            new(one => [.. kept.Where(name => name == one).Select(name => new KeptDrive(name, Start, 1, 1, []))], one => kept.RemoveAll(name => name == one)));

        Assert.NotEqual(old, now);
        Assert.Equal(3, rights.Drives("anna").Count);
        // A fleet orders it by the only name it may still hold.
        var erased = rights.Erase(old);
        Assert.Equal([now, old], erased.Aliases);
        Assert.Equal(3, erased.Files);
        Assert.Empty(kept);
        Assert.Contains(old, rights.Export("anna")!, StringComparison.Ordinal);
    }
}
