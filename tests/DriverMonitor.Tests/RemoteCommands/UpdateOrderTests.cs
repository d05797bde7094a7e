using DriverMonitor.Core.Commands;
using DriverMonitor.RemoteCommands;
using DriverMonitor.Tests.Support;

namespace DriverMonitor.Tests.RemoteCommands;

/// <summary>What the fleet orders is written down for the program that installs; the service itself can install nothing.</summary>
public sealed class UpdateOrderTests : IDisposable
{
    private const string Vehicle = "acme/veh-0001";

    private readonly string _folder = Directory.CreateTempSubdirectory("update").FullName;
    private readonly UpdateOrder _order;

    public UpdateOrderTests() => _order = new(_folder);

    private string? Written => File.Exists(Path.Combine(_folder, "update.order")) ? File.ReadAllText(Path.Combine(_folder, "update.order")) : null;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Updates_wait_for_an_order_only_where_somebody_may_give_one()
    {
        _order.Begin(isOrdered: false);
        Assert.Null(Written);
        _order.Begin(isOrdered: true);
        Assert.Equal("", Written);

        _order.Handle(new("0.3.0", 100), Vehicle);
        _order.Begin(isOrdered: true);
        Assert.Equal("0.3.0\n", Written);
        _order.Begin(isOrdered: false);
        Assert.Null(Written);
    }

    [Fact]
    public void A_vehicle_whose_turn_it_is_not_yet_says_so_and_keeps_the_order_before()
    {
        var place = Rollout.PlaceOf(Vehicle, "0.4.0");
        _order.Handle(new("0.3.0", 100), Vehicle);

        Assert.Equal($"not yet: place {place} of 100", _order.Handle(new("0.4.0", place), Vehicle));
        Assert.Equal("0.3.0\n", Written);
        Assert.Equal("once the vehicle is switched off", _order.Handle(new("0.4.0", place + 1), Vehicle));
        Assert.Equal("0.4.0\n", Written);
    }

    [Fact]
    public void A_rollout_that_is_held_takes_back_what_is_not_installed_yet_and_nothing_else()
    {
        var place = Rollout.PlaceOf(Vehicle, "0.3.0");
        _order.Handle(new("0.3.0", 100), Vehicle);

        Assert.Equal($"not yet: place {Rollout.PlaceOf(Vehicle, "0.4.0")} of 100", _order.Handle(new("0.4.0", 0), Vehicle));
        Assert.Equal("0.3.0\n", Written);
        Assert.Equal($"taken back: place {place} of 100", _order.Handle(new("0.3.0", 0), Vehicle));
        Assert.Equal("", Written);
        Assert.Equal($"not yet: place {place} of 100", _order.Handle(new("0.3.0", 0), Vehicle));
    }

    /// <summary>Settings as they were before keys named their orders must not stop a vehicle's updates.</summary>
    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void A_key_that_names_no_orders_changes_nothing(bool isOldForm, bool isOrdered)
    {
        using var key = new FleetKey();
        var old = (FleetKeySettings)System.ComponentModel.TypeDescriptor.GetConverter(typeof(FleetKeySettings)).ConvertFrom(key.PublicFile)!;
        var named = new FleetKeySettings { File = key.PublicFile, Orders = ["update"] };
        using var keys = FleetKeys.Load(new Dictionary<string, FleetKeySettings> { ["ops-1"] = isOldForm ? old : named });

        Assert.Equal(isOrdered, keys.OrderUpdates);
    }
}
