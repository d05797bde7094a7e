using DriverMonitor.Configuration;
using DriverMonitor.Files;

namespace DriverMonitor.Vision;

/// <summary>Tries the optional networks for <c>check</c>: each file against its hash, and whether it runs.</summary>
internal static class TorsoProbe
{
    private const string Part = "hands, phones";

    public static CheckLine Check(VisionSettings settings)
    {
        try
        {
            var loaded = new List<string>();
            foreach (var one in TorsoModels.Of(settings, TimeProvider.System))
            {
                using var model = one.Load();
                model.Run();
                loaded.Add(model.Model.Entry.Label);
            }

            if (settings.Phones && !TorsoModels.HasPhoneModel) loaded.Add("a build without the phone detector");
            return new(Part, Ok: true, loaded.Count == 0 ? "not looked for" : string.Join(", ", loaded));
        }
        catch (ModelException e)
        {
            return new(Part, Ok: false, $"{ShownText.Line(e.Message)} Everything else is watched.");
        }
    }
}
