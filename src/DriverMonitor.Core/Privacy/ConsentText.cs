using System.Security.Cryptography;
using System.Text;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Privacy;

/// <summary>What a driver agrees to. A changed word is a new version, and a consent to the old one no longer counts.</summary>
public static class ConsentText
{
    /// <summary>Every modality that is agreed to by itself, in the order in which a page shows them.</summary>
    public static IReadOnlyList<Modalities> Each { get; } =
    [Modalities.Camera, Modalities.Heart, Modalities.Stress, Modalities.Anger, Modalities.Voice];

    /// <summary>The languages in which it can be read, and agreed to.</summary>
    public static IReadOnlyList<string> Languages { get; } = ["en", "de"];

    /// <param name="one">Exactly one modality.</param>
    /// <param name="language">One of <see cref="Languages"/>.</param>
    public static string Of(Modalities one, string language = "en") => language switch
    {
        "en" => English(one),
        "de" => German(one),
        _ => throw new ArgumentOutOfRangeException(nameof(language), $"Nobody has translated it into {language}."),
    };

    /// <summary>
    /// Names the text that was agreed to, in all its languages: eight hexadecimal digits of the hash. Nobody notes which one was
    /// read, so a changed word in any of them asks everybody again.
    /// </summary>
    public static string VersionOf(Modalities one) => VersionOf(Languages.Select(language => Of(one, language)));

    /// <param name="texts">The same text in each language.</param>
    public static string VersionOf(IEnumerable<string> texts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', texts))))[..8];

    private static string English(Modalities one) => one switch
    {
        Modalities.Camera =>
            "The camera looks at my face while I drive. The device measures eyelids, head and gaze to notice fatigue "
            + "and distraction and to warn me. No picture is stored or sent. A few numbers of my eyes and face at rest "
            + "may be kept on the device, my trips of the last 90 days with their warnings and averages and, where drives are "
            + "recorded, the measures of each drive for a limited time; I can see and delete all of it.",
        Modalities.Heart =>
            "The device reads my pulse from the strap or watch that I wear, to notice fatigue and stress. Pulse is "
            + "health data. It is judged on the device. A few numbers about my usual pulse and the pulse at rest of my trips "
            + "of the last 90 days may be kept there and, where drives are recorded, the measures of each drive for a limited "
            + "time; I can see and delete all of it. It does not leave the vehicle unless the operator has told me so.",
        Modalities.Stress =>
            "The device estimates whether I am under stress, from pulse and face, and may show me a silent hint. It "
            + "says nothing about why, and it can be wrong.",
        Modalities.Anger =>
            "The device estimates whether I look angry, from face and pulse, and may show me a silent hint. A face "
            + "says little about feelings, and the estimate can be wrong.",
        Modalities.Voice =>
            "A microphone listens while I drive, and hears everybody in the cabin. The device measures whether somebody "
            + "speaks, how fast, how high and how loudly, and breath, to tell talk from a yawn and to notice fatigue; where I "
            + "have allowed stress or anger to be judged, a raised voice counts there too. It understands no words. Sound "
            + "stays in memory for less than two seconds; none is stored or sent. A few numbers about my usual voice may be "
            + "kept on the device and, where drives are recorded, these measures for a limited time; I can see and delete "
            + "all of it.",
        _ => throw new ArgumentOutOfRangeException(nameof(one), $"{one} is not one modality."),
    };

    private static string German(Modalities one) => one switch
    {
        Modalities.Camera =>
            "Die Kamera sieht mein Gesicht, während ich fahre. Das Gerät misst Lider, Kopf und Blick, um Müdigkeit und "
            + "Ablenkung zu bemerken und mich zu warnen. Kein Bild wird gespeichert oder versendet. Wenige Zahlen von "
            + "meinen Augen und meinem ruhigen Gesicht dürfen auf dem Gerät bleiben, meine Fahrten der letzten 90 Tage mit "
            + "ihren Warnungen und Mittelwerten, und wo Fahrten aufgezeichnet werden, für begrenzte Zeit die Messwerte jeder "
            + "Fahrt; ich kann alles davon sehen und löschen.",
        Modalities.Heart =>
            "Das Gerät liest meinen Puls von dem Gurt oder der Uhr, die ich trage, um Müdigkeit und Stress zu "
            + "bemerken. Der Puls ist ein Gesundheitsdatum. Er wird auf dem Gerät beurteilt. Wenige Zahlen über meinen "
            + "üblichen Puls und der Ruhepuls meiner Fahrten der letzten 90 Tage dürfen dort bleiben, und wo Fahrten "
            + "aufgezeichnet werden, für begrenzte Zeit die Messwerte jeder Fahrt; ich kann alles davon sehen und löschen. Er verlässt das Fahrzeug nicht, es sei denn, der "
            + "Betreiber hat es mir gesagt.",
        Modalities.Stress =>
            "Das Gerät schätzt aus Puls und Gesicht, ob ich unter Stress stehe, und darf mir einen stummen Hinweis "
            + "zeigen. Es sagt nichts darüber, warum, und es kann sich irren.",
        Modalities.Anger =>
            "Das Gerät schätzt aus Gesicht und Puls, ob ich verärgert wirke, und darf mir einen stummen Hinweis "
            + "zeigen. Ein Gesicht sagt wenig über Gefühle, und die Schätzung kann falsch sein.",
        Modalities.Voice =>
            "Ein Mikrofon hört zu, während ich fahre, und hört alle in der Kabine. Das Gerät misst, ob jemand spricht, wie "
            + "schnell, wie hoch und wie laut, und Atemgeräusche, um Reden von Gähnen zu unterscheiden und Müdigkeit zu "
            + "bemerken; wo ich erlaubt habe, Stress oder Ärger zu beurteilen, zählt auch dort eine erhobene Stimme. Es "
            + "versteht keine Worte. Schall bleibt weniger als zwei Sekunden im Speicher; nichts davon wird gespeichert oder "
            + "versendet. Wenige Zahlen über meine übliche Stimme dürfen auf dem Gerät bleiben, und wo Fahrten aufgezeichnet "
            + "werden, für begrenzte Zeit diese Messwerte; ich kann alles davon sehen und löschen.",
        _ => throw new ArgumentOutOfRangeException(nameof(one), $"{one} is not one modality."),
    };
}
