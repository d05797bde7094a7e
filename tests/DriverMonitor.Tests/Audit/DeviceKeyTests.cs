using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text;
using DriverMonitor.Audit;
using DriverMonitor.Tests.Support;

namespace DriverMonitor.Tests.Audit;

/// <summary>The device vouches for how its log ends, and nobody else can, nor for another vehicle.</summary>
[SupportedOSPlatform("linux")]
public sealed class DeviceKeyTests : IDisposable
{
    private const string Vehicle = "acme/veh-0001";
    private static readonly AuditHead Head = new(7, new string('5', 64));

    private readonly string _folder = Directory.CreateTempSubdirectory("key").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("as it was signed", Vehicle, 7, '5', true)]
    [InlineData("another vehicle's", "acme/veh-0002", 7, '5', false)]
    [InlineData("a shorter log's", Vehicle, 6, '5', false)]
    [InlineData("a log's that was written anew", Vehicle, 7, '6', false)]
    public void A_signature_holds_for_one_head_of_one_vehicle(string head, string vehicle, long entries, char hash, bool holds)
    {
        var device = new DeviceKey(_folder, credentials: null);
        var signed = device.Sign(Vehicle, Head);
        using var key = ECDsa.Create();
        key.ImportFromPem(device.PublicKey());

        Assert.Equal(DeviceKey.NameOf(key), signed.KeyId);
        Assert.Equal((head, holds), (head, DeviceKey.Verify(key, vehicle, new(entries, new string(hash, 64)), signed.Signature)));
        Assert.False(DeviceKey.Verify(key, vehicle, Head, "not base64"));
        Assert.False(DeviceKey.Verify(key, vehicle, Head, new string('A', 4000)));
    }

    [Fact]
    public void It_is_made_once_for_nobody_else_to_read_and_one_that_systemd_unsealed_comes_first()
    {
        var made = new DeviceKey(_folder, credentials: null).PublicKey();
        var file = Path.Combine(_folder, "device.key");
        using var another = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var credentials = Directory.CreateDirectory(Path.Combine(_folder, "credentials")).FullName;
        File.WriteAllText(Path.Combine(credentials, DeviceKey.Credential), another.ExportPkcs8PrivateKeyPem());
        var unsealed = new DeviceKey(_folder, credentials);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Equal(made, new DeviceKey(_folder, Path.Combine(_folder, "nothing")).PublicKey());
        Assert.True(unsealed.IsSealed);
        Assert.Equal(another.ExportSubjectPublicKeyInfoPem(), unsealed.PublicKey().TrimEnd());
    }

    [Fact]
    public void A_damaged_key_is_told_and_not_replaced()
    {
        File.WriteAllText(Path.Combine(_folder, "device.key"), "no key");

        var fault = Assert.Throws<IOException>(() => new DeviceKey(_folder, null).Sign(Vehicle, Head));

        Assert.Contains("Delete it", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_fleet_received_is_verified_here_and_by_openssl()
    {
        var config = Path.Combine(_folder, "settings.json");
        await File.WriteAllTextAsync(config, $$"""
            { "DriverMonitor": { "Fleet": { "Folder": "{{_folder}}" }, "Mqtt": { "Tenant": "acme", "Vehicle": "veh-0001" } } }
            """);
        var head = new AuditLog(_folder, TimeProvider.System).Append("order", _ => { });
        var signed = new DeviceKey(_folder, null).Sign(Vehicle, head);
        var (files, text) = (new[] { "public.pem", "signature", "text" }, $"drivermonitor audit head\n{Vehicle}\n{head}\n");

        var (code, said, _) = await TheProgram.RunAsync("audit", "verify", "--head", $"{head}", "--signature", signed.Signature, "--config", config);
        Assert.Equal((0, true), (code, said.StartsWith("ok", StringComparison.Ordinal)));
        (code, said, _) = await TheProgram.RunAsync("audit", "verify", "--head", $"{head with { Entries = 2 }}", "--signature", signed.Signature, "--config", config);
        Assert.Equal((1, true), (code, said.StartsWith("FAIL", StringComparison.Ordinal)));

        var contents = new[] { Encoding.UTF8.GetBytes((await TheProgram.RunAsync("audit", "key", "--config", config)).Output), Convert.FromBase64String(signed.Signature), Encoding.UTF8.GetBytes(text) };
        foreach (var (name, content) in files.Zip(contents)) await File.WriteAllBytesAsync(Path.Combine(_folder, name), content);
        var (fine, words) = await Tool.RunAsync(
            "openssl", "dgst", "-sha256", "-verify", Path.Combine(_folder, files[0]), "-signature", Path.Combine(_folder, files[1]), Path.Combine(_folder, files[2]));
        Assert.Equal((0, "Verified OK"), (fine, words.Trim()));
    }
}
