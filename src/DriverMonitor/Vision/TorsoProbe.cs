using DriverMonitor.Camera;
using DriverMonitor.Configuration;
using DriverMonitor.Files;
using Microsoft.ML.OnnxRuntime;

namespace DriverMonitor.Vision;

/// <summary>Tries the optional networks for <c>check</c>: each file against its hash, and whether it runs.</summary>
internal static class TorsoProbe
{
    private const string Part = "hands, phones";
    private const int Side = 64;

    public static CheckLine Check(VisionSettings settings)
    {
        try
        {
            var loaded = new List<string>();
            using var grey = new Frame(Side, Side, PixelLayout.Gray8);
            Fill(grey);
            foreach (var one in TorsoModels.Of(settings, TimeProvider.System))
            {
                using var model = one.Load();
                model.Prepare(grey, default, new(Side / 2, Side / 2, Side, 0));
                model.Run();
                loaded.Add(model.Model.Entry.Label);
            }

            if (settings.Phones && !TorsoModels.HasPhoneModel) loaded.Add("a build without the phone detector");
            return new(Part, Ok: true, loaded.Count == 0 ? "not looked for" : string.Join(", ", loaded));
        }
        catch (Exception e) when (e is ModelException or OnnxRuntimeException)
        {
            return new(Part, Ok: false, $"{ShownText.Line(e.Message)} Everything else is watched.");
        }
    }

    /// <summary>Neither black nor white, on which many a wrong network answers well.</summary>
    private static unsafe void Fill(Frame grey) => new Span<byte>((void*)grey.Pixels, grey.Size).Fill(100);
}
