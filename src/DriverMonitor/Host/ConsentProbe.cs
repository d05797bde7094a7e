using DriverMonitor.Core.Privacy;
using DriverMonitor.Core.Signals;
using Microsoft.Extensions.Logging.Abstractions;

namespace DriverMonitor.Host;

/// <summary>What may be judged of the driver, and what he would have to say for more: a strap that is heard and not judged puzzles people.</summary>
internal static class ConsentProbe
{
    public static CheckLine Check(ProfileSettings profiles, PrivacySettings privacy, DateTimeOffset? trustedNow)
    {
        var allowed = new ConsentStore(profiles, NullLogger.Instance).Load().Allowed(privacy, trustedNow);
        var missing = string.Join(' ', ConsentText.Each.Where(one => (allowed & one) == 0).Select(Name));
        var judged = allowed == Modalities.None ? "nothing" : string.Join(", ", ConsentText.Each.Where(one => (allowed & one) != 0).Select(Name));
        var todo = missing.Length == 0 ? ""
            : profiles.Folder is null ? $"; not {missing}: set Profiles:Folder, so that the driver can agree, or name what was signed in Privacy:OnPaper"
            : $"; not {missing}: drivermonitor consent grant {missing}";
        return new("consent", Ok: true, $"{profiles.Driver} is judged by {judged}{todo}");
    }

    private static string Name(Modalities one) => one.ToString().ToLowerInvariant();
}
