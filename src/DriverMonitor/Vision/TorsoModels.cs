using System.Reflection;

namespace DriverMonitor.Vision;

/// <summary>A network that the settings ask for.</summary>
/// <param name="What">What is not found without it, such as "phones are".</param>
/// <param name="Every">How often it is asked; null for once a second, twice where there is reason to.</param>
internal sealed record TorsoModel(string What, Func<ITorsoModel> Load, TimeSpan? Every = null);

/// <summary>Which networks look at head, arms and lap.</summary>
internal static class TorsoModels
{
    /// <summary>Whether this program was built with the phone detector: <c>-p:PhoneModel=false</c> leaves it out.</summary>
    public static bool HasPhoneModel { get; } = typeof(TorsoModels).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().All(one => one.Key != "PhoneModel");

    /// <summary>What the settings ask for and this build has. Nothing is loaded before one is asked to load.</summary>
    public static IEnumerable<TorsoModel> Of(VisionSettings settings, TimeProvider time)
    {
        var store = new Lazy<ModelStore>(() => ModelStore.Open(settings));
        if (settings.Hands) yield return new("hands are", () => new PalmDetector(store.Value, time));
        if (settings.Phones && HasPhoneModel)
            yield return new("phones are", () => new PhoneDetector(store.Value, time));
        if (settings.PhoneModel is { } phone) yield return Own(phone, "phones by Vision:PhoneModel are", p => new(null, p));
        if (settings.SeatBeltModel is { } belt)
            yield return Own(belt, "belts by Vision:SeatBeltModel are", p => new(null, null, p));

        TorsoModel Own(string path, string what, Func<double, TorsoReading> report) =>
            new(what, () => new OwnClassifier(path, report, time), EveryOf(path));
    }

    /// <summary>Null where the entry cannot be read: that is said when the network is loaded.</summary>
    private static TimeSpan? EveryOf(string path)
    {
        try
        {
            return TimeSpan.FromSeconds(OwnModelEntry.Read(path).EverySeconds);
        }
        catch (ModelException)
        {
            return null;
        }
    }
}
