using System.Runtime.Versioning;
using System.Security.Cryptography;
using DriverMonitor.Configuration;
using DriverMonitor.RemoteCommands;
using DriverMonitor.Tests.Support;

namespace DriverMonitor.Tests.RemoteCommands;

/// <summary>A vehicle obeys the keys that its settings name, or says in one line why it cannot.</summary>
[SupportedOSPlatform("linux")]
public sealed class FleetKeysTests : IDisposable
{
    private readonly FleetKey _key = new();

    public void Dispose() => _key.Dispose();

    [Theory]
    [InlineData("lost")]
    [InlineData("empty")]
    [InlineData("cut off")]
    [InlineData("of another curve")]
    [InlineData("of another kind")]
    [InlineData("two in one file")]
    [InlineData("a folder")]
    [InlineData("a device")]
    [InlineData("a link to itself")]
    [InlineData("to be written by anybody")]
    public void A_key_file_that_cannot_be_trusted_is_said_in_one_line(string what)
    {
        var (file, sound) = (_key.PublicFile, File.ReadAllText(_key.PublicFile));
        File.Delete(file);
        if (what == "a folder") Directory.CreateDirectory(file);
        else if (what == "a device") File.CreateSymbolicLink(file, "/dev/zero");
        else if (what == "a link to itself") File.CreateSymbolicLink(file, file);
        else if (what != "lost") File.WriteAllText(file, TextOf(what, sound));
        if (what == "to be written by anybody") File.SetUnixFileMode(file, File.GetUnixFileMode(file) | UnixFileMode.OtherWrite);

        var error = Assert.Throws<ConfigurationException>(Load);

        Assert.StartsWith("Fleet:Keys:ops-1: ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        if (Directory.Exists(file)) Directory.Delete(file);
    }

    [Fact]
    public void A_sound_key_is_taken() => Assert.Null(Record.Exception(Load));

    private static string TextOf(string what, string sound)
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var rsa = RSA.Create(2048);
        return what switch
        {
            "empty" => "",
            "cut off" => sound[..60],
            "of another curve" => other.ExportSubjectPublicKeyInfoPem(),
            "of another kind" => rsa.ExportSubjectPublicKeyInfoPem(),
            "two in one file" => $"{sound}\n{sound}\n",
            _ => sound,
        };
    }

    private void Load() =>
        FleetKeys.Load(new Dictionary<string, FleetKeySettings> { ["ops-1"] = new() { File = _key.PublicFile, Orders = ["erase"] } }).Dispose();
}
