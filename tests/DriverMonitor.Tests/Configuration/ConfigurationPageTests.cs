using DriverMonitor.Monitoring;

namespace DriverMonitor.Tests.Configuration;

/// <summary>The page about settings cannot drift from the settings.</summary>
public sealed class ConfigurationPageTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_pages_about_settings_say_what_the_types_say(bool isExpert)
    {
        var (file, page) = (ConfigurationPage.Path(isExpert), ConfigurationPage.Of(new MonitorOptions(), isExpert));
        if (Environment.GetEnvironmentVariable("CONFIGURATION_WRITE") == "1") File.WriteAllText(file, page);

        Assert.Equal(File.ReadAllText(file), page);
    }
}
