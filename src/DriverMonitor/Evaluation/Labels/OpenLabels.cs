using System.Text.Json;

namespace DriverMonitor.Evaluation.Labels;

/// <summary>
/// OpenLABEL and its forerunner VCD, as the Driver Monitoring Dataset uses it: actions with a type and stretches of pictures.
/// </summary>
internal static class OpenLabels
{
    public static IEnumerable<RawLabel> Parse(string text)
    {
        using var json = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 32 });
        var root = json.RootElement;
        if (!root.TryGetProperty("openlabel", out var body) && !root.TryGetProperty("vcd", out body))
            throw new FormatException("this JSON is no OpenLABEL (no 'openlabel', no 'vcd')");
        var labels = new List<RawLabel>();
        if (!body.TryGetProperty("actions", out var actions)) return labels;
        foreach (var action in actions.EnumerateObject())
        {
            var word = action.Value.GetProperty("type").GetString() ?? "";
            foreach (var stretch in action.Value.GetProperty("frame_intervals").EnumerateArray())
            {
                labels.Add(new(
                    word, stretch.GetProperty("frame_start").GetInt32(), stretch.GetProperty("frame_end").GetInt32(),
                    IsInPictures: true));
                if (labels.Count > LabelFile.MostLabels) return labels;
            }
        }

        return labels;
    }
}
