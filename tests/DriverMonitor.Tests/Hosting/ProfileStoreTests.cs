using DriverMonitor.Core.Baselines;
using DriverMonitor.Drivers;
using Microsoft.Extensions.Logging.Abstractions;

namespace DriverMonitor.Tests.Hosting;

public sealed class ProfileStoreTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("profiles").FullName;

    private static readonly DriverProfile Known = new()
    {
        LeftEyeOpen = 0.29,
        BlinkRate = new(17, 3, 55, 2),
        Heart = new(new(66, 4, 50, 2), new(3.4, 0.2, 50, 2), new(10, 2, 50, 2)),
        Shifts = [new(new DateOnly(2026, 11, 22), default, default, default, default)],
    };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_was_kept_comes_back()
    {
        Store().Save(Known);
        var back = Store().Load()!;
        Assert.Equal((Known.LeftEyeOpen, Known.BlinkRate, Known.Heart), (back.LeftEyeOpen, back.BlinkRate, back.Heart));
        Assert.Equal(Known.Shifts[0], Assert.Single(back.Shifts));
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Fact]
    public void Another_driver_has_another_file()
    {
        Store().Save(Known);
        Assert.Null(Store("driver-2").Load());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{ \"LeftEyeOpen\": ")]
    [InlineData("[1, 2]")]
    [InlineData("{ \"LeftEyeOpen\": 77 }")]
    public void A_damaged_file_is_set_aside(string text)
    {
        File.WriteAllText(Path.Combine(_folder, "driver-1.profile.json"), text);
        Assert.Null(Store().Load());
        Assert.EndsWith(".damaged", Assert.Single(Directory.GetFiles(_folder)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_is_not_there_and_cannot_be_made_stops_nobody()
    {
        var store = new ProfileStore(new() { Folder = "/proc/nowhere" }, NullLogger<ProfileStore>.Instance);

        Assert.Null(store.Load());
        store.Save(Known);
    }

    [Fact]
    public void Nothing_is_kept_without_a_folder_and_nothing_remains_after_deletion()
    {
        new ProfileStore(new(), NullLogger<ProfileStore>.Instance).Save(Known);
        Store().Save(Known);
        Store().Delete();
        Assert.Null(Store().Load());
        Assert.Empty(Directory.GetFiles(_folder));
    }

    private ProfileStore Store(string driver = "driver-1") =>
        new(new ProfileSettings { Folder = _folder, Driver = driver }, NullLogger<ProfileStore>.Instance);
}
