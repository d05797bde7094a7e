using System.CommandLine;
using DriverMonitor.Core.Privacy;
using DriverMonitor.Core.Signals;
using DriverMonitor.Host;
using Microsoft.Extensions.Logging.Abstractions;

namespace DriverMonitor.Commands;

/// <summary><c>consent</c>: what the driver has agreed to; a running service follows within half a second.</summary>
internal static class ConsentCommand
{
    public static Command Make()
    {
        var config = new Option<string?>("--config") { Description = MonitorOptions.ConfigHelp };
        var driver = new Option<string?>("--driver") { Description = "Whose; the one named in the settings without it." };
        var which = new Argument<Modalities[]>("what") { Description = "camera, heart, stress, anger, or all.", Arity = ArgumentArity.OneOrMore };
        var yes = new Option<bool>("--yes") { Description = "The text was read; do not ask." };

        var show = new Command("show", "What was agreed to, when, and what it says.") { config, driver };
        show.SetAction(line => Show(Open(line.GetValue(config), line.GetValue(driver))));
        var grant = new Command("grant", "Shows the text and notes that the driver agrees.") { which, config, driver, yes };
        grant.SetAction(line => Grant(Open(line.GetValue(config), line.GetValue(driver)), Each(line.GetValue(which)!), line.GetValue(yes)));
        var erase = new Option<bool>("--erase") { Description = "Also delete every drive that was recorded of the driver before." };
        var withdraw = new Command("withdraw", "Takes it back, at once.") { which, erase, config, driver };
        withdraw.SetAction(line => Withdraw(line.GetValue(config), line.GetValue(driver), Each(line.GetValue(which)!), line.GetValue(erase)));
        return new("consent", "What the driver has agreed to.") { show, grant, withdraw };
    }

    private static ConsentStore Open(string? config, string? driver)
    {
        var settings = MonitorOptions.Load(config ?? MonitorOptions.InstalledFile);
        var profiles = settings.Profiles;
        if (driver is not null) SettingsFile.Check(profiles = profiles with { Driver = driver }, "--driver");
        var store = new ConsentStore(profiles, NullLogger.Instance, RightsCommands.NotesOf(settings, profiles.Driver));
        return store.Place is not null ? store : throw new ConfigurationException(
            "Nothing is kept of a driver, so consents cannot be either. Set Profiles:Folder, such as /var/lib/drivermonitor.");
    }

    private static int Show(ConsentStore store)
    {
        var book = store.Load();
        foreach (var one in ConsentText.Each)
        {
            var said = book.Words.GetValueOrDefault(one);
            Console.WriteLine($"{Name(one),-8} {book.StateOf(one, TimeProvider.System.GetUtcNow()).ToString().ToLowerInvariant(),-10} {said.At:yyyy-MM-dd HH:mm}  {said.Text}");
            Console.WriteLine($"         {ConsentText.Of(one)}");
        }

        return ExitCode.Fine;
    }

    private static int Grant(ConsentStore store, IEnumerable<Modalities> which, bool yes)
    {
        var book = store.Load();
        foreach (var one in which)
        {
            Console.WriteLine($"{Name(one)}: {ConsentText.Of(one)}");
            if (!yes)
            {
                Console.Write("Does the driver agree? (yes/no) ");
                if (Console.ReadLine()?.Trim() is not ("yes" or "y" or "ja")) continue;
            }

            book = book.Grant(one, TimeProvider.System.GetUtcNow());
        }

        return Save(store, book);
    }

    private static int Withdraw(string? config, string? driver, IEnumerable<Modalities> which, bool erase)
    {
        var store = Open(config, driver);
        Save(store, which.Aggregate(store.Load(), (book, one) => book.Withdraw(one, TimeProvider.System.GetUtcNow())));
        var settings = MonitorOptions.Load(config ?? MonitorOptions.InstalledFile);
        Console.WriteLine(
            erase ? $"Deleted files of recorded drives: {RightsCommands.ForgetDrives(settings, driver ?? settings.Profiles.Driver)}."
            : settings.Recording.Folder is not null ? "What was recorded before stays until it is too old; with --erase it goes too."
            : "Nothing is recorded here.");
        return ExitCode.Fine;
    }

    private static int Save(ConsentStore store, ConsentBook book)
    {
        try
        {
            store.Save(book);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"Consents cannot be kept in {store.Place}: {e.Message} Run it as the service's user.", e);
        }

        Console.WriteLine($"Kept in {store.Place}.");
        return ExitCode.Fine;
    }

    private static IEnumerable<Modalities> Each(Modalities[] which) => ConsentText.Each.Where(one => Array.Exists(which, asked => asked.HasFlag(one)));

    private static string Name(Modalities one) => one.ToString().ToLowerInvariant();
}
