using System.Globalization;
using System.Text.Json.Nodes;
using DriverMonitor.Devices;
using DriverMonitor.Monitoring;
using DriverMonitor.Vehicle.Can;

namespace DriverMonitor.Setup;

/// <summary>Proposes what was found on the board's buses. Nothing is taken without being asked.</summary>
/// <param name="now">The settings as they are: what an empty answer keeps.</param>
internal sealed class DeviceQuestions(IDialogue dialogue, SettingsDraft draft, MonitorOptions now)
{
    /// <param name="found">What answers on I2C; several kinds may share a place.</param>
    public void AskDevices(IReadOnlyList<DevicePlace> found)
    {
        var fitted = now.Devices.Parts.ToList();
        var news = found.Where(place => !IsFitted(place)).ToList();
        if (news.Count == 0) return;
        dialogue.Print("Devices on I2C");
        foreach (var place in news.GroupBy(one => (one.Bus, one.Address)))
        {
            Choice[] choices =
            [
                .. place.Select(one => new Choice($"{one}", $"{one} ({one.Row.What})")), new("none", "leave it alone"),
            ];
            // Of two that share an address nobody can tell which it is without writing to it.
            var key = string.Create(CultureInfo.InvariantCulture, $"i2c-{place.Key.Bus}-{place.Key.Address:x2}");
            var chosen = dialogue.Choose(key, "Which is it", choices, choices.Length - 1)!.Value;
            if (chosen < choices.Length - 1) fitted.Add($"{place.ElementAt(chosen)}");
        }

        draft.Set("Devices:Parts", new JsonArray([.. fitted.Select(part => (JsonNode)part)]));
    }

    /// <param name="interfaces">CAN interfaces of the kernel's.</param>
    public void AskBus(IReadOnlyList<string> interfaces)
    {
        if (interfaces.Count == 0 || now.Vehicle.Can.IsUsed) return;
        dialogue.Print("The vehicle's bus");
        dialogue.Print($"  found: {string.Join(", ", interfaces)}. 'drivermonitor can watch' shows what goes over it.");
        if (!dialogue.Confirm("obd", "Ask the engine for its speed over it (OBD-II; sends two frames, twice a second)", byDefault: false))
            return;
        draft.Set("Vehicle:Can:Interface", interfaces[0]);
        draft.Set("Vehicle:Can:ObdRequests", true);
    }

    /// <param name="found">Microphones, as ALSA names them.</param>
    public void AskMicrophone(IReadOnlyList<string> found)
    {
        if (found.Count == 0 || now.Voice.Enabled) return;
        dialogue.Print("Microphone");
        dialogue.Print("  It tells talk from yawns, and hears slow or raised speech; no sound is kept. Nobody listens before the driver");
        dialogue.Print("  allows it with 'drivermonitor consent'.");
        Choice[] choices = [new("none", "leave it alone"), .. found.Select(one => new Choice(one, one))];
        var chosen = dialogue.Choose("microphone", "Listen to which, once the driver allows it", choices, 0)!.Value;
        if (chosen == 0) return;
        draft.Set("Voice:Enabled", true);
        draft.Set("Voice:Device", found[chosen - 1]);
    }

    private bool IsFitted(DevicePlace place) => now.Devices.Places.Any(
        one => one.Row.Bus == DeviceBus.I2c && (one.Bus, one.Address) == (place.Bus, place.Address));
}
