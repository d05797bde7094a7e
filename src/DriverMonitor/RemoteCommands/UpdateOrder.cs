using System.Text;
using DriverMonitor.Core.Commands;
using DriverMonitor.Files;

namespace DriverMonitor.RemoteCommands;

/// <summary>
/// The version that the fleet wants, in a file that <c>drivermonitor-update</c> reads: the service itself can install nothing. An
/// empty file means that the fleet has said nothing yet, and updates wait; without a file they are not ordered here.
/// </summary>
/// <param name="folder">Where <c>update.order</c> lies.</param>
internal sealed class UpdateOrder(string folder)
{
    private readonly string _file = Path.Combine(folder, "update.order");

    /// <summary>At the start: updates wait for an order from now on, or no longer.</summary>
    /// <param name="isOrdered">Whether a key of the settings may order updates.</param>
    public void Begin(bool isOrdered)
    {
        if (isOrdered == File.Exists(_file)) return;
        if (isOrdered) Write("");
        else File.Delete(_file);
    }

    /// <summary>Lets the version be installed if this vehicle is meant; a rollout that was held takes it back.</summary>
    /// <returns>What is to be said of it.</returns>
    public string Handle(FleetCommand.UpdateProgram order, string address)
    {
        var wanted = order.Version + "\n";
        if (Rollout.Includes(address, order.Version, order.Percent))
        {
            Write(wanted);
            return "once the vehicle is switched off";
        }

        var isTakenBack = File.Exists(_file) && StoredFile.ReadText(_file) == wanted;
        if (isTakenBack) Write("");
        return $"{(isTakenBack ? "taken back" : "not yet")}: place {Rollout.PlaceOf(address, order.Version)} of 100";
    }

    private void Write(string text) => AtomicFile.Write(_file, file => file.Write(Encoding.ASCII.GetBytes(text)));
}
