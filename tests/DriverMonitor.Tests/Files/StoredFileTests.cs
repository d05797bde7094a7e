using System.Diagnostics;
using DriverMonitor.Camera;
using DriverMonitor.Configuration;
using DriverMonitor.Core.Privacy;
using DriverMonitor.Core.Signals;
using DriverMonitor.Drivers;
using DriverMonitor.Files;
using DriverMonitor.Gpio;
using DriverMonitor.RemoteCommands;
using DriverMonitor.Setup;
using DriverMonitor.Time;
using DriverMonitor.Vision;
using Microsoft.Extensions.Logging.Abstractions;

namespace DriverMonitor.Tests.Files;

/// <summary>
/// Where a file of ours should lie there is a pipe, or a device without end: whoever reads it must not wait for it.
/// </summary>
public sealed class StoredFileTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _folder = Directory.CreateTempSubdirectory("drivermonitor-stored-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("pipe")]
    [InlineData("/dev/zero")]
    [InlineData("/dev/random")]
    public async Task Consents_that_are_no_file_are_withdrawn_and_can_be_given_again(string what)
    {
        Put(what, "anna.consent.json");
        var store = new ConsentStore(new() { Folder = _folder, Driver = "anna" }, NullLogger.Instance);

        var reading = await Within(store.Read);
        Assert.NotNull(reading.Damage);
        Assert.Equal(Modalities.None, reading.Book.Allowed(new(), DateTimeOffset.UnixEpoch));

        Put(what, "anna.consent.json.new");
        await Within(() => store.Change(book => book.Grant(Modalities.Camera, DateTimeOffset.UnixEpoch)));
        Assert.Equal(ConsentState.Granted, store.Load().StateOf(Modalities.Camera, DateTimeOffset.UnixEpoch));
    }

    [Theory]
    [InlineData("pipe")]
    [InlineData("/dev/zero")]
    public async Task Nothing_that_is_kept_is_waited_for(string what)
    {
        foreach (var name in new[] { "anna.profile.json", "clock", "fleet.json", "orders.json", "alias.salt" }) Put(what, name);

        Assert.Null(
            await Within(new ProfileStore(new() { Folder = _folder, Driver = "anna" }, NullLogger<ProfileStore>.Instance).Load));
        await Within(() => new ClockQuality(TimeProvider.System, _folder).State);
        await Within(() => Record.Exception(() => new FleetOverlay(_folder).Candidates().Count()));
        Assert.NotNull(await Within(() => Record.Exception(() => CommandLedger.Read(_folder))));
        Assert.NotNull(await Within(() => Record.Exception(() => new DriverAlias(_folder).Of("anna"))));
        Assert.NotNull(await Within(() => Record.Exception(() => StoredFile.ReadText(Path.Combine(_folder, "fleet.json")))));
    }

    [Fact]
    public void What_cannot_be_written_leaves_the_old_file_and_no_beginning_of_the_new_one()
    {
        var path = Path.Combine(_folder, "kept");
        AtomicFile.Write(path, file => file.Write("old"u8));

        Assert.Throws<IOException>(() => AtomicFile.Write(path, file =>
        {
            file.Write("ne"u8);
            throw new IOException("No space left on device");
        }));

        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(_folder));
    }

    [Theory]
    [InlineData("pipe")]
    [InlineData("/dev/zero")]
    public async Task Nothing_that_was_installed_is_waited_for(string what)
    {
        foreach (var name in new[] { "manifest.json", "portrait.jpg", "draft.json", "model" }) Put(what, name);

        Assert.IsType<ModelException>(await Within(() => Record.Exception(() => new ModelStore(_folder))));
        Assert.IsType<CameraException>(await Within(() => Record.Exception(() => new PortraitFace(_folder))));
        Assert.IsType<ConfigurationException>(
            await Within(() => Record.Exception(() => new SettingsDraft(Path.Combine(_folder, "draft.json")))));
        Assert.Null(await Within(() => BoardTable.Detect(Path.Combine(_folder, "model"))));
    }

    private static Task<T> Within<T>(Func<T> read) =>
        Task.Factory.StartNew(read, TaskCreationOptions.LongRunning).WaitAsync(Patience);

    private void Put(string what, string name)
    {
        var path = Path.Combine(_folder, name);
        if (what != "pipe")
        {
            File.CreateSymbolicLink(path, what);
            return;
        }

        using var made = Process.Start("mkfifo", [path]);
        made.WaitForExit();
    }
}
