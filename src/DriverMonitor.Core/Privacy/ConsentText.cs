using System.Security.Cryptography;
using System.Text;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Privacy;

/// <summary>What a driver agrees to. A changed word is a new version, and a consent to the old one no longer counts.</summary>
public static class ConsentText
{
    /// <summary>Every modality that is agreed to by itself, in the order in which a page shows them.</summary>
    public static IReadOnlyList<Modalities> Each { get; } = [Modalities.Camera, Modalities.Heart, Modalities.Stress, Modalities.Anger];

    /// <param name="one">Exactly one modality.</param>
    public static string Of(Modalities one) => one switch
    {
        Modalities.Camera =>
            "The camera looks at my face while I drive. The device measures eyelids, head and gaze to notice fatigue and distraction and to "
            + "warn me. No picture is stored or sent. A few numbers of my eyes and face at rest may be kept on the device and, where drives "
            + "are recorded, the measures of each drive for a limited time; I can see and delete all of it.",
        Modalities.Heart =>
            "The device reads my pulse from the strap or watch that I wear, to notice fatigue and stress. Pulse is health data. It is judged "
            + "on the device. A few numbers about my usual pulse may be kept there and, where drives are recorded, the measures of each "
            + "drive for a limited time; I can see and delete all of it. It does not leave the vehicle unless the operator has told me so.",
        Modalities.Stress =>
            "The device estimates whether I am under stress, from pulse and face, and may show me a silent hint. It says nothing about why, "
            + "and it can be wrong.",
        Modalities.Anger =>
            "The device estimates whether I look angry, from face and pulse, and may show me a silent hint. A face says little about "
            + "feelings, and the estimate can be wrong.",
        _ => throw new ArgumentOutOfRangeException(nameof(one), $"{one} is not one modality."),
    };

    /// <summary>Names the text that was agreed to: eight hexadecimal digits of its hash.</summary>
    public static string VersionOf(Modalities one) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Of(one))))[..8];
}
