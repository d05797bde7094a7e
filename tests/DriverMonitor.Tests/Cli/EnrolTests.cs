using System.Runtime.Versioning;
using System.Security.Cryptography.X509Certificates;
using DriverMonitor.Cli;
using DriverMonitor.Configuration;
using DriverMonitor.Core.Commands;
using DriverMonitor.Files;
using DriverMonitor.Hosting;
using DriverMonitor.Monitoring;
using DriverMonitor.Outbox;
using DriverMonitor.Tests.Support;

namespace DriverMonitor.Tests.Cli;

/// <summary>A vehicle takes what its fleet made for it: all of it, or nothing and one line.</summary>
[SupportedOSPlatform("linux")]
public sealed class EnrolTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("enrol").FullName;
    private readonly TestAuthority _authority = new();
    private readonly FleetKey _mark = new("mark-1");
    private readonly FleetKey _ops = new("ops-1");

    private string Settings => Path.Combine(_folder, "drivermonitor.json");

    private string State => Path.Combine(_folder, "state");

    public void Dispose()
    {
        _authority.Dispose();
        _mark.Dispose();
        _ops.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Name_certificate_keys_and_settings_are_taken_and_the_rest_stays()
    {
        File.WriteAllText(Settings, """{ "DriverMonitor": { "Gpio": { "Board": "Chip" }, "Mqtt": { "Privacy": "P2" } } }""");

        Assert.Equal(ExitCode.Fine, Enrol(Sample()));

        var settings = MonitorOptions.Load(Settings);
        Assert.Equal(
            ("acme", "veh-0001", Acknowledgement.Fleet, "P2", "Chip"),
            (settings.Mqtt.Tenant, settings.Mqtt.Vehicle, settings.Mqtt.Acknowledge, $"{settings.Mqtt.Privacy}", $"{settings.Gpio.Board}"));
        Assert.Equal(["fleet.example.com:8883"], settings.Mqtt.Brokers);
        var tls = settings.Mqtt.Tls!;
        using var own = X509Certificate2.CreateFromPemFile(tls.CertificateFile!, tls.KeyFile);
        Assert.True(own.HasPrivateKey);
        Assert.Equal("CN=veh-0001", own.Subject);
        Assert.Equal(["hwm", "resend"], settings.Fleet.Keys["mark-1"].Orders);
        Assert.All(
            Directory.GetFiles(Path.GetDirectoryName(tls.KeyFile!)!),
            file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
    }

    [Fact]
    public void A_second_enrolment_takes_the_place_of_the_first_and_leaves_other_keys_alone()
    {
        File.WriteAllText(
            Settings,
            $$"""{ "DriverMonitor": { "Fleet": { "Keys": { "ops-1": { "File": "{{_ops.PublicFile}}", "Orders": ["erase"] } } } } }""");
        Enrol(Sample(("mark-0", _mark.PublicFile, ["hwm"])));

        Assert.Equal(ExitCode.Fine, Enrol(Sample()));

        Assert.Equal(["mark-1", "ops-1"], MonitorOptions.Load(Settings).Fleet.Keys.Keys.Order());
        Assert.Single(Directory.GetDirectories(Path.Combine(State, "enrolment")));
    }

    public static TheoryData<string, string> Misfits => new()
    {
        { "certificate for another name", "holds a certificate for another name than its vehicle's" },
        { "certificate of a rogue authority", "holds a certificate that its authority did not issue for a client" },
        { "certificate that is over", "ended on 20" },
        { "key of somebody else", "holds a key that does not belong to its certificate" },
        { "bytes for a certificate", "holds a certificate or key that cannot be read" },
        { "bytes for a mark key", "holds a certificate or key that cannot be read" },
        { "settings that cannot be", "Mqtt:Acknowledge" },
    };

    [Theory]
    [MemberData(nameof(Misfits))]
    public void What_does_not_fit_together_is_refused_in_one_line_and_nothing_is_written(string what, string words)
    {
        File.WriteAllText(Settings, "{ \"DriverMonitor\": { \"Mqtt\": { \"Brokers\": [\"old:1\"] } } }");
        using var rogue = new TestAuthority();
        var right = Sample();
        var wrong = what switch
        {
            "certificate for another name" => EnrolmentSample.Make(_authority, certified: "veh-0002"),
            "certificate of a rogue authority" => EnrolmentSample.Make(_authority, issuer: rogue),
            "certificate that is over" => EnrolmentSample.Make(_authority, until: TimeSpan.FromHours(-1)),
            "key of somebody else" => right with { Key = Sample().Key },
            "bytes for a certificate" => right with { Certificate = [1, 2, 3] },
            "bytes for a mark key" => right with { Keys = [new("mark-1", [1, 2], ["hwm"])] },
            _ => right with { Settings = right.Settings.SetItem("Mqtt:Acknowledge", "Everybody") },
        };

        var refusal = Assert.ThrowsAny<Exception>(() => Enrol(wrong));

        Assert.True(refusal is InputException or ConfigurationException, $"{refusal}");
        Assert.Contains(words, refusal.Message, StringComparison.Ordinal);
        Assert.Equal("{ \"DriverMonitor\": { \"Mqtt\": { \"Brokers\": [\"old:1\"] } } }", File.ReadAllText(Settings));
        Assert.Empty(Directory.Exists(State) ? Directory.GetFiles(State, "*", SearchOption.AllDirectories) : []);
    }

    [Theory]
    [InlineData("no such file", "does not exist")]
    [InlineData("a folder", "is a folder")]
    [InlineData("a picture", "holds characters that no enrolment has")]
    [InlineData("half a file", "was cut off")]
    public void A_file_that_is_none_is_refused_in_one_line(string what, string words)
    {
        var file = Path.Combine(_folder, "file");
        if (what == "a folder") Directory.CreateDirectory(file);
        if (what == "a picture") File.WriteAllBytes(file, [0xff, 0xd8, 0xff, 0xe0]);
        if (what == "half a file") File.WriteAllText(file, Sample().Write()[..200]);

        var refusal = Assert.Throws<InputException>(() => EnrolCommand.Run(file, Settings, isSure: true, TimeProvider.System));

        Assert.Contains(words, refusal.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Settings));
    }

    [Fact]
    public async Task An_enrolled_vehicle_is_not_enrolled_again_without_a_yes()
    {
        Enrol(Sample());
        var before = File.ReadAllText(Settings);
        var file = Save(EnrolmentSample.Make(_authority, "veh-0002"));

        // A question that nobody answers is answered no.
        var (code, output) = await Tool.RunAsync(
            "sh", "-c", "exec dotnet \"$@\" < /dev/null", "sh", Path.Combine(AppContext.BaseDirectory, "drivermonitor.dll"),
            "setup", "--enrol", file, "--config", Settings);

        Assert.Equal(ExitCode.Failed, code);
        Assert.Contains("This vehicle is acme/veh-0001 at fleet.example.com:8883. Make it acme/veh-0002", output, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(Settings));
    }

    private Enrolment Sample(params (string, string, string[])[] keys) =>
        EnrolmentSample.Make(_authority, keys: keys.Length > 0 ? keys : [("mark-1", _mark.PublicFile, ["hwm", "resend"])]);

    private int Enrol(Enrolment enrolment) =>
        EnrolCommand.Run(Save(enrolment), Settings, isSure: true, TimeProvider.System);

    private string Save(Enrolment enrolment)
    {
        var file = Path.Combine(_folder, "file.json");
        File.WriteAllText(file, enrolment.Write());
        return file;
    }
}
