using System.Security.Cryptography;
using System.Text.Json.Nodes;
using DriverMonitor.Audit;
using DriverMonitor.Core.Baselines;
using DriverMonitor.Core.Privacy;
using DriverMonitor.Core.Signals;
using DriverMonitor.Drivers;
using Microsoft.Extensions.Logging.Abstractions;

namespace DriverMonitor.Tests.Drivers;

public sealed class DriverRightsTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private static readonly string[] OurFiles = ["orders.json", "audit.jsonl", "audit.head", "alias.salt"];

    private readonly string _folder = Directory.CreateTempSubdirectory("drivermonitor-rights-").FullName;
    private readonly ProfileSettings _anna;
    private readonly AuditLog _audit;
    private readonly DriverRights _rights;

    public DriverRightsTests()
    {
        _anna = new() { Folder = Path.Combine(_folder, "profiles"), Driver = "anna" };
        _audit = new(_folder, TimeProvider.System);
        _rights = new(_anna, _folder, _audit, TimeProvider.System, NullLogger.Instance);
        foreach (var driver in new[] { "anna", "emil" })
        {
            Profile(driver).Save(new DriverProfile { LeftEyeOpen = 0.29 });
            Consents(driver).Save(ConsentRecord.Empty.Grant(Modalities.Heart, Now));
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_driver_is_told_everything_that_is_stored_and_nothing_of_another()
    {
        var bundle = JsonNode.Parse(_rights.Export("anna")!)!;

        Assert.Equal(0.29, bundle["profile.json"]!["LeftEyeOpen"]!.GetValue<double>());
        Assert.NotNull(bundle["consent.json"]!["heart"]);
        Assert.DoesNotContain("emil", bundle.ToJsonString(), StringComparison.Ordinal);
        Assert.Null(_rights.Export("nobody"));
    }

    [Fact]
    public void A_driver_is_forgotten_and_another_is_not()
    {
        var erased = _rights.Erase("anna");

        Assert.Equal(2, erased.Files);
        Assert.Matches("^p:[0-9a-f]{16}$", erased.Alias);
        Assert.DoesNotContain(
            Directory.GetFiles(_anna.Folder!),
            file =>
                File.ReadAllText(file).Contains("0.29", StringComparison.Ordinal)
                && file.Contains("anna", StringComparison.Ordinal));
        Assert.NotNull(Profile("emil").Load());
        Assert.Contains(erased.Alias, File.ReadAllText(Path.Combine(_folder, "audit.jsonl")), StringComparison.Ordinal);
        Assert.DoesNotContain("anna", File.ReadAllText(Path.Combine(_folder, "audit.jsonl")), StringComparison.Ordinal);
    }

    [Fact]
    public void The_pseudonym_will_do_and_twice_does_no_harm()
    {
        var alias = _rights.Erase("anna").Alias;
        Profile("anna").Load();
        Profile("anna").Save(new DriverProfile { LeftEyeOpen = 0.3 });

        foreach (var files in new[] { 1, 0 })
        {
            var erased = _rights.Erase(alias);
            Assert.Equal((alias, files), (Assert.Single(erased.Aliases), erased.Files));
        }
    }

    [Fact]
    public void A_service_that_runs_keeps_nothing_of_this_drive_and_begins_anew_with_the_next()
    {
        var running = Profile("anna");
        running.Load();
        _rights.Erase("anna");

        running.Save(new DriverProfile { LeftEyeOpen = 0.29 });
        Assert.Null(Profile("anna").Load());
        Profile("anna").Save(new DriverProfile { LeftEyeOpen = 0.31 });
        Assert.Equal(0.31, Profile("anna").Load()!.LeftEyeOpen);
    }

    [Fact]
    public void A_consent_that_was_taken_back_stays_taken_back()
    {
        Consents("anna").Save(Consents("anna").Load().Withdraw(Modalities.Camera, Now));
        _rights.Erase("anna");

        var book = Consents("anna").Load();
        Assert.Equal(ConsentState.Withdrawn, book.StateOf(Modalities.Camera, Now));
        Assert.Equal(ConsentState.Unknown, book.StateOf(Modalities.Heart, Now));
        Assert.Equal(Modalities.None, book.Allowed(new(), Now));
    }

    [Theory]
    [InlineData("audit")]
    [InlineData("alias")]
    [InlineData("orders")]
    public void A_driver_called_like_one_of_our_own_files_erases_none_of_them(string name)
    {
        File.WriteAllText(Path.Combine(_folder, "orders.json"), "{}");
        _audit.Append("order", _ => { });
        var rights = new DriverRights(
            _anna with
            {
                Folder = _folder,
                Driver = name,
            },
            _folder,
            _audit,
            TimeProvider.System,
            NullLogger.Instance);

        Assert.Null(rights.Export(name));
        Assert.Equal(0, rights.Erase(name).Files);
        Assert.All(OurFiles, file => Assert.True(File.Exists(Path.Combine(_folder, file)), file));
    }

    [Fact]
    public void An_export_that_waits_is_erased_too()
    {
        var file = _rights.SaveBundle("anna", "sealed");
        _rights.Erase("anna");
        Assert.False(File.Exists(file));
    }

    [Fact]
    public void Only_the_right_key_opens_an_export()
    {
        using var reader = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        using var another = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var bundle = SealedBundle.Seal("what is stored", reader.ExportSubjectPublicKeyInfo());

        Assert.Equal("what is stored", SealedBundle.Open(bundle, reader.ExportPkcs8PrivateKeyPem()));
        Assert.ThrowsAny<CryptographicException>(() => SealedBundle.Open(bundle, another.ExportPkcs8PrivateKeyPem()));
        var changed = JsonNode.Parse(bundle)!;
        changed["text"] = Convert.ToBase64String("what is forged"u8);
        Assert.ThrowsAny<CryptographicException>(() =>
            SealedBundle.Open(changed.ToJsonString(), reader.ExportPkcs8PrivateKeyPem()));
        Assert.ThrowsAny<CryptographicException>(() => SealedBundle.Open("{}", reader.ExportPkcs8PrivateKeyPem()));
        Assert.ThrowsAny<CryptographicException>(() => SealedBundle.Open(bundle, "no key"));
    }

    private ProfileStore Profile(string driver) => new(_anna with { Driver = driver }, NullLogger<ProfileStore>.Instance);

    private ConsentStore Consents(string driver) => new(_anna with { Driver = driver }, NullLogger.Instance);
}
