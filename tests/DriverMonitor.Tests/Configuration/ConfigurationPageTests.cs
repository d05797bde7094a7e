using DriverMonitor.Monitoring;

namespace DriverMonitor.Tests.Configuration;

/// <summary>The page about settings cannot drift from the settings.</summary>
public sealed class ConfigurationPageTests
{
    [Fact]
    public void The_page_about_settings_says_what_the_types_say()
    {
        var page = ConfigurationPage.Of(new MonitorOptions());
        if (Environment.GetEnvironmentVariable("CONFIGURATION_WRITE") == "1") File.WriteAllText(ConfigurationPage.Path, page);

        Assert.Equal(File.ReadAllText(ConfigurationPage.Path), page);
    }
}
