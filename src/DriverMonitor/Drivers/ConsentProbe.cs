using DriverMonitor.Configuration;
using DriverMonitor.Core.Privacy;
using DriverMonitor.Core.Signals;
using Microsoft.Extensions.Logging.Abstractions;

namespace DriverMonitor.Drivers;

/// <summary>
/// What may be judged of the driver, and what is missing for more: a strap that is heard and not judged puzzles people.
/// </summary>
internal static class ConsentProbe
{
    public static CheckLine Check(ProfileSettings profiles, PrivacySettings privacy, DateTimeOffset? trustedNow)
    {
        // Says below what it finds.
        var store = new ConsentStore(profiles, NullLogger.Instance);
        try
        {
            var reading = store.Read();
            return reading.Damage is { } damage
                ? new(
                    "consent",
                    Ok: false,
                    $"{store.Place} is damaged ({damage}): {profiles.Driver} is judged by nothing, the camera too, until "
                        + "somebody decides: drivermonitor consent grant or withdraw all")
                : new("consent", Ok: true, Words(profiles, reading.Book.Allowed(privacy, trustedNow)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new(
                "consent",
                Ok: false,
                $"{store.Place} cannot be read: {e.Message.ReplaceLineEndings(" ")} Give it to the service's user; "
                    + "a service that starts like this judges nothing");
        }
    }

    /// <summary>What may be judged; nothing where the consents cannot be read.</summary>
    public static Modalities Allowed(ProfileSettings profiles, PrivacySettings privacy, DateTimeOffset? trustedNow)
    {
        try
        {
            return new ConsentStore(profiles, NullLogger.Instance).Load().Allowed(privacy, trustedNow);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Modalities.None;
        }
    }

    private static string Words(ProfileSettings profiles, Modalities allowed)
    {
        // Of a microphone, which few vehicles have, the line of the voice tells.
        var missing = string.Join(
            ' ', ConsentText.Each.Where(one => (allowed & one) == 0 && one != Modalities.Voice).Select(ConsentJson.NameOf));
        var judged =
            allowed == Modalities.None
                ? "nothing"
                : string.Join(", ", ConsentText.Each.Where(one => (allowed & one) != 0).Select(ConsentJson.NameOf));
        var todo =
            missing.Length == 0 ? ""
            : profiles.Folder is null
                ? $"; not {missing}: set Profiles:Folder, so that the driver can agree, or name what was signed in Privacy:OnPaper"
            : $"; not {missing}: drivermonitor consent grant {missing}";
        return $"{profiles.Driver} is judged by {judged}{todo}";
    }
}
