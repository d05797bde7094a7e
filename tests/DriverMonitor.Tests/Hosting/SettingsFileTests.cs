using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using DriverMonitor.Configuration;
using DriverMonitor.Core.Privacy;
using DriverMonitor.Monitoring;
using DriverMonitor.Tests.Configuration;
using DriverMonitor.Tests.Support;

namespace DriverMonitor.Tests.Hosting;

/// <summary>The file that an installer edits shows every key with its default, and says nothing else.</summary>
public sealed class SettingsFileTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    private static readonly JsonSerializerOptions Shape = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    [Theory]
    [InlineData("appsettings.json", false)]
    [InlineData("expert.json", true)]
    public void Shipped_files_show_every_key_with_its_default(string file, bool isExpert)
    {
        var expected = ShippedFile.Expected(isExpert);
        if (Environment.GetEnvironmentVariable("CONFIGURATION_WRITE") == "1")
            File.WriteAllText(SourceTree.Path("src", "DriverMonitor", file), expected + "\n");

        Assert.Equal(expected, File.ReadAllText(SourceTree.Path("src", "DriverMonitor", file)).TrimEnd());
        Assert.Equal(expected, File.ReadAllText(Path.Combine(AppContext.BaseDirectory, file)).TrimEnd());
    }

    [Fact]
    public void An_installer_is_shown_few_keys()
    {
        var keys = JsonNode.Parse(ShippedFile.Expected(isExpert: false))!["DriverMonitor"]!;

        Assert.InRange(ShippedFile.Count(keys), 50, 76);
        Assert.InRange(ShippedFile.Count(keys["Judgement"]), 1, 25);
    }

    [Fact]
    public void Shipped_settings_are_read_back_as_the_defaults()
    {
        var read = SettingsFile.Load<MonitorOptions>(MonitorOptions.ShippedFile).Settings;

        Assert.Equal(JsonSerializer.Serialize(new MonitorOptions(), Shape), JsonSerializer.Serialize(read, Shape));
    }

    [Theory]
    [InlineData("""{"DriverMonitor":{"Camara":{}}}""", "there is no key Camara; Camera is meant, perhaps.")]
    [InlineData("""{"DriverMonitor":{"Camera":{"Widht":640}}}""", "there is no key Camera:Widht; Camera:Width is meant, perhaps.")]
    [InlineData("""{"DriverMonitor":{"Mqtt":{"Tls":{"Nothing":1}}}}""", "there is no key Mqtt:Tls:Nothing; appsettings.json and expert.json beside the program show every key.")]
    [InlineData("""{"DriverMonitor":{"Privacy":{"Basis":"Maybe"}}}""", "Privacy:Basis is 'Maybe'; it must be one of Safety, Consent.")]
    [InlineData("""{"DriverMonitor":{"Privacy":{"OnPaper":"Heart, Soul"}}}""", "Privacy:OnPaper is 'Heart, Soul'; it must be some of")]
    [InlineData("""{"DriverMonitor":{"Camera":{"Width":"wide"}}}""", "Camera:Width is 'wide'; it must be a whole number.")]
    [InlineData("""{"DriverMonitor":{"Web":{"Enabled":"ja"}}}""", "Web:Enabled is 'ja'; it must be true or false.")]
    [InlineData("""{"DriverMonitor":{"Web":7}}""", "Web is a group of keys or a list, not the value '7'.")]
    [InlineData("""{"DriverMonitor":{"Camera":{"Width":{"Px":640}}}}""", "Camera:Width is one value, not a group of keys.")]
    [InlineData("""{"DriverMonitor":{"Camera":{"Width":-3}}}""", "Settings in FILE: Camera:Width must lie between 64 and 4096 pixels.")]
    [InlineData("{\n\"DriverMonitor\": {,\n", "is not valid JSON: line 2: ")]
    public void Slip_is_answered_with_its_place_and_what_was_meant(string json, string expected)
    {
        File.WriteAllText(_file, json);

        var refused = Assert.Throws<ConfigurationException>(() => { SettingsFile.Load<MonitorOptions>(_file); });

        Assert.Contains(expected, refused.Message.Replace(_file, "FILE", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
    }

    public void Dispose() => File.Delete(_file);
}
