using System.Reflection;

namespace DriverMonitor.Vision;

/// <summary>A network that the settings ask for.</summary>
/// <param name="Name">In the manifest.</param>
/// <param name="What">What is not found without it, such as "phones are".</param>
internal sealed record TorsoModel(string Name, string What, Func<ITorsoModel> Load);

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
        if (settings.Hands) yield return new("palm-detector", "hands are", () => new PalmDetector(store.Value, time));
        if (settings.Phones && HasPhoneModel)
            yield return new("phone-detector", "phones are", () => new PhoneDetector(store.Value, time));
    }
}
