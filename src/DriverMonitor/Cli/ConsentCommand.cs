using System.CommandLine;
using DriverMonitor.Configuration;
using DriverMonitor.Core.Privacy;
using DriverMonitor.Core.Signals;
using DriverMonitor.Drivers;
using DriverMonitor.Files;
using DriverMonitor.Hosting;
using DriverMonitor.Monitoring;
using DriverMonitor.Recording.Report;
using DriverMonitor.Time;
using Microsoft.Extensions.Logging.Abstractions;

namespace DriverMonitor.Cli;

/// <summary><c>consent</c>: what the driver has agreed to; a running service follows at once.</summary>
internal static class ConsentCommand
{
    public static Command Make()
    {
        var config = new Option<string?>("--config") { Description = MonitorOptions.ConfigHelp };
        var driver = new Option<string?>("--driver") { Description = "Whose; the one named in the settings without it." };
        var language = new Option<string>("--language")
        {
            Description = "In which the texts are shown: en or de; the system's without it.",
            DefaultValueFactory = _ => ReportLanguage.Usual,
        };
        language.AcceptOnlyFromAmong([.. ConsentText.Languages]);
        var which = new Argument<Modalities[]>("what")
        {
            Description = "camera, heart, stress, anger, voice, or all.",
            Arity = ArgumentArity.OneOrMore,
        };
        which.CompletionSources.Add("camera", "heart", "stress", "anger", "voice", "all");
        return new("consent", "What the driver has agreed to.")
        {
            MakeShow(config, driver, language),
            MakeGrant(which, config, driver, language),
            MakeWithdraw(which, config, driver),
        };
    }

    private static Command MakeShow(Option<string?> config, Option<string?> driver, Option<string> language)
    {
        var show = new Command("show", "What was agreed to, when, what it says, and what is judged by it.")
        {
            config,
            driver,
            language,
        };
        show.SetAction(line =>
        {
            var (store, settings) = Open(line.GetValue(config), line.GetValue(driver));
            return Show(store, settings, line.GetValue(language)!);
        });
        return show;
    }

    private static Command MakeGrant(
        Argument<Modalities[]> which, Option<string?> config, Option<string?> driver, Option<string> language)
    {
        var yes = new Option<bool>("--yes") { Description = "The text was read; do not ask." };
        var grant = new Command("grant", "Shows the text and notes that the driver agrees.")
        {
            which,
            config,
            driver,
            yes,
            language,
        };
        grant.SetAction(line =>
            Grant(
                Open(line.GetValue(config), line.GetValue(driver)).Store,
                Each(line.GetValue(which)!),
                line.GetValue(yes),
                line.GetValue(language)!));
        return grant;
    }

    private static Command MakeWithdraw(Argument<Modalities[]> which, Option<string?> config, Option<string?> driver)
    {
        var erase = new Option<bool>("--erase")
        {
            Description = "Also delete every drive that was recorded of the driver before.",
        };
        var withdraw = new Command("withdraw", "Takes it back, at once.") { which, erase, config, driver };
        withdraw.SetAction(line =>
            Withdraw(line.GetValue(config), line.GetValue(driver), Each(line.GetValue(which)!), line.GetValue(erase)));
        return withdraw;
    }

    private static (ConsentStore Store, MonitorOptions Settings) Open(string? config, string? driver)
    {
        var settings = MonitorOptions.Load(config ?? MonitorOptions.InstalledFile);
        var profiles = settings.Profiles;
        if (driver is not null) SettingsFile.Check(profiles = profiles with { Driver = driver }, "--driver");
        // What is wrong with the file is said on the terminal.
        var store = new ConsentStore(profiles, NullLogger.Instance, ConsentRegistration.NotesOf(settings, NullLogger.Instance));
        return store.Place is not null ? (store, settings) : throw new ConfigurationException(
            "Nothing is kept of a driver, so consents cannot be either. Set Profiles:Folder, such as /var/lib/drivermonitor.");
    }

    private static int Show(ConsentStore store, MonitorOptions settings, string language)
    {
        var reading = Kept(store, store.Read);
        if (reading.Damage is { } damage)
            Console.WriteLine($"{store.Place} is damaged ({damage}): everything counts as withdrawn until somebody decides.");
        var now = new ClockQuality(TimeProvider.System, settings.Outbox.Place()).TrustedNow;
        var allowed = reading.Book.Allowed(settings.Privacy, now);
        foreach (var one in ConsentText.Each)
        {
            var said = reading.Book.Words.GetValueOrDefault(one);
            Console.WriteLine($"{Name(one),-8} {reading.Book.StateOf(one, now).ToString().ToLowerInvariant(),-10} "
                + $"{((allowed & one) != 0 ? "judged" : "not judged"),-11} {said.At:yyyy-MM-dd HH:mm}  {said.Text}".TrimEnd());
            Console.WriteLine($"         {TextOf(one, language)}");
        }

        return reading.Damage is null ? ExitCode.Fine : ExitCode.Failed;
    }

    /// <summary>With its version, which is what the record of the answer names.</summary>
    private static string TextOf(Modalities one, string language) =>
        $"{ConsentText.Of(one, language)} (text {ConsentText.VersionOf(one)})";

    private static int Grant(ConsentStore store, IEnumerable<Modalities> which, bool yes, string language)
    {
        var (agreed, refused) = (new List<Modalities>(), new List<Modalities>());
        foreach (var one in which)
        {
            Console.WriteLine($"{Name(one)}: {TextOf(one, language)}");
            var question = language == "de" ? "Willigt der Fahrer ein? (ja/nein) " : "Does the driver agree? (yes/no) ";
            (yes || Answer.IsYes(question) ? agreed : refused).Add(one);
        }

        // Nothing is written for a question that was not answered with yes: it may have been no answer at all.
        if (agreed.Count > 0)
            Keep(store, book => agreed.Aggregate(book, (before, one) => before.Grant(one, TimeProvider.System.GetUtcNow())));
        return refused.Count == 0 ? ExitCode.Fine : Answer.NotDone($"not granted: {string.Join(", ", refused.Select(Name))}.");
    }

    private static int Withdraw(string? config, string? driver, List<Modalities> which, bool erase)
    {
        var (store, settings) = Open(config, driver);
        Keep(store, book => which.Aggregate(book, (before, one) => before.Withdraw(one, TimeProvider.System.GetUtcNow())));
        if (!erase)
        {
            Console.WriteLine(settings.Recording.Folder is null
                ? "Nothing is recorded here." : "What was recorded before stays until it is too old; with --erase it goes too.");
            return ExitCode.Fine;
        }

        var files = RightsCommands.ForgetDrives(settings, driver ?? settings.Profiles.Driver);
        if (files == 0) return Answer.NotDone("no recorded drive was deleted: none is kept of this driver.");
        Console.WriteLine($"Deleted files of recorded drives: {files}.");
        return ExitCode.Fine;
    }

    private static void Keep(ConsentStore store, Func<ConsentRecord, ConsentRecord> change)
    {
        Kept(store, () => store.Change(change));
        Console.WriteLine($"Kept in {store.Place}.");
    }

    private static T Kept<T>(ConsentStore store, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when ((e is IOException or UnauthorizedAccessException) && !OutputException.IsDiskFull(e))
        {
            throw new ConfigurationException(
                $"Consents in {store.Place} cannot be read or kept: {e.Message.ReplaceLineEndings(" ")} Run it as the service's user.",
                e);
        }
    }

    private static List<Modalities> Each(Modalities[] which) =>
        [.. ConsentText.Each.Where(one => Array.Exists(which, asked => asked.HasFlag(one)))];

    private static string Name(Modalities one) => ConsentJson.NameOf(one);
}
