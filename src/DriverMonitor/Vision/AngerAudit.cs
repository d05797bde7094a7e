using System.Text.Json;
using DriverMonitor.Configuration;
using DriverMonitor.Core.Evaluation;
using DriverMonitor.Files;

namespace DriverMonitor.Vision;

/// <summary>
/// What <c>audit bias --json</c> found of neutral faces, kept beside the models as <c>bias-audit.json</c>: where anybody's
/// group is
/// read as angry too often, anger is not judged, whatever the settings say.
/// </summary>
internal static class AngerAudit
{
    public const string File = "bias-audit.json";

    /// <summary>Why anger may not be judged; null where there is no audit, or it finds nothing against it.</summary>
    public static string? WhyNot(string modelFolder)
    {
        var path = Path.Combine(modelFolder, File);
        if (!System.IO.File.Exists(path)) return null;
        try
        {
            using var json = JsonDocument.Parse(InputFile.ReadText("Audit", path, largest: 16 << 20));
            foreach (var group in json.RootElement.GetProperty("neutral").EnumerateArray())
            {
                var (wrong, trials) = (group.GetProperty("false").GetInt32(), group.GetProperty("trials").GetInt32());
                if (!AngerLimit.MayBeOn(wrong, trials))
                    return $"{path}: {wrong} of {trials} neutral faces ({ShownText.Excerpt(group.GetProperty("group").GetString() ?? "")}) were read as angry";
            }

            return null;
        }
        catch (Exception e)
            when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or InputException)
        {
            // Consent and audits fail closed: what cannot be read allows nothing.
            return $"{path} cannot be read: {ShownText.Excerpt(e.Message)}";
        }
    }
}
