using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using DriverMonitor.Host;

namespace DriverMonitor.Tests.Host;

/// <summary>The file that an installer edits shows every key with its default, and says nothing else.</summary>
public sealed class SettingsFileTests
{
    private static readonly JsonSerializerOptions Shape = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    [Fact]
    public void Shipped_settings_are_the_defaults_and_all_of_them()
    {
        var expected = JsonSerializer.Serialize(new { DriverMonitor = new MonitorOptions() }, Shape);

        var shipped = File.ReadAllText(MonitorOptions.ShippedFile).TrimEnd();

        Assert.Equal(expected, shipped);
    }

    [Fact]
    public void Shipped_settings_are_read_back_as_the_defaults()
    {
        var read = SettingsFile.Load<MonitorOptions>(MonitorOptions.ShippedFile);

        Assert.Equal(JsonSerializer.Serialize(new MonitorOptions(), Shape), JsonSerializer.Serialize(read, Shape));
    }
}
