using System.Text.Json.Nodes;
using DriverMonitor.Configuration;
using DriverMonitor.Core.Commands;
using DriverMonitor.Files;
using DriverMonitor.Hosting;
using DriverMonitor.Monitoring;
using DriverMonitor.Setup;

namespace DriverMonitor.Cli;

/// <summary>
/// <c>setup --enrol FILE</c>: takes what the fleet made for this vehicle. Everything is checked before anything is written.
/// </summary>
internal static class EnrolCommand
{
    /// <summary>For the text of a QR code, pasted or piped.</summary>
    private const string StandardInput = "-";

    /// <param name="isSure">Replaces an earlier enrolment without asking.</param>
    public static int Run(string file, string config, bool isSure, TimeProvider time)
    {
        config = Path.GetFullPath(config);
        var enrolment = Read(file, time);
        var now = File.Exists(config) ? MonitorOptions.Load(config) : new MonitorOptions();
        var dialogue = new LineDialogue(file == StandardInput ? TextReader.Null : Console.In, Console.Out);
        if (now.Mqtt.Brokers is [var broker, ..] && !isSure && !dialogue.Confirm(
                "replace", $"This vehicle is {now.Mqtt.Tenant}/{now.Mqtt.Vehicle} at {broker}. Make it {enrolment.Tenant}/{enrolment.Vehicle} at {enrolment.Brokers[0]}",
                byDefault: false))
        {
            dialogue.Print("Nothing was changed. To replace it without a question: --yes");
            return ExitCode.Failed;
        }

        Apply(enrolment, config, now);
        dialogue.Print($"""
            Enrolled as {enrolment.Tenant}/{enrolment.Vehicle} at {string.Join(", ", enrolment.Brokers)}: {config}
            Delete {(file == StandardInput ? "the code" : file)} now: whoever has it can speak for this vehicle.
            Try every part:       systemctl stop drivermonitor; drivermonitor check
            Let it watch:         systemctl restart drivermonitor
            """);
        return ExitCode.Fine;
    }

    private static Enrolment Read(string file, TimeProvider time)
    {
        var name = file == StandardInput ? "Enrolment from standard input" : $"Enrolment file {file}";
        var bytes = file == StandardInput ? ReadStandardInput() : InputFile.ReadBytes("Enrolment file", file, largest: 1 << 20);
        var enrolment = EnrolmentReader.Read(bytes, out var fault);
        if ((fault ?? EnrolmentCheck.Fault(enrolment!, time.GetUtcNow())) is { } wrong)
            throw new InputException($"{name} {wrong}. Nothing was changed.");
        return enrolment!;
    }

    private static byte[] ReadStandardInput()
    {
        using var input = Console.OpenStandardInput();
        var bytes = new byte[EnrolmentReader.LargestBytes + 1];
        return bytes[..input.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
    }

    private static void Apply(Enrolment enrolment, string config, MonitorOptions now)
    {
        var isInstalled = config == MonitorOptions.PackagedFile;
        var state = now.Fleet.Folder
            ?? (isInstalled ? ServiceFolders.InstalledState : Path.Combine(Path.GetDirectoryName(config)!, "state"));
        var folder = new EnrolmentFolder(Path.GetFullPath(state));
        var draft = new SettingsDraft(config);
        EnrolmentFiles? files = null;
        try
        {
            files = folder.Write(enrolment);
            Fill(draft, enrolment, files);
            foreach (var (name, key) in now.Fleet.Keys)
                if (folder.Holds(key.File) && !files.Keys.ContainsKey(name)) draft.Set($"Fleet:Keys:{name}", null);
            // The installed service is given its folder by systemd.
            if (!isInstalled)
            {
                draft.Set("Fleet:Folder", state);
                draft.Set("Outbox:Folder", now.Outbox.Folder ?? Path.Combine(state, "outbox"));
            }

            draft.Save();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ConfigurationException)
        {
            if (files is not null) EnrolmentFolder.Delete(files.Folder);
            if (e is ConfigurationException || OutputException.IsDiskFull(e)) throw;
            throw new ConfigurationException($"The enrolment cannot be written to {state}: {e.Message} Run setup as root.", e);
        }

        folder.KeepOnly(files);
    }

    private static void Fill(SettingsDraft draft, Enrolment enrolment, EnrolmentFiles files)
    {
        draft.Set("Mqtt:Brokers", new JsonArray([.. enrolment.Brokers.Select(broker => JsonValue.Create(broker))]));
        draft.Set("Mqtt:Tenant", enrolment.Tenant);
        draft.Set("Mqtt:Vehicle", enrolment.Vehicle);
        foreach (var gone in new[] { "User", "PasswordFile", "Tls" }) draft.Set($"Mqtt:{gone}", null);
        draft.Set("Mqtt:Tls:CaFile", files.Authority);
        draft.Set("Mqtt:Tls:CertificateFile", files.Own);
        draft.Set("Mqtt:Tls:KeyFile", files.Own);
        foreach (var (name, value) in enrolment.Settings) draft.Set(name, value);
        foreach (var key in enrolment.Keys)
            draft.Set(
                $"Fleet:Keys:{key.Name}",
                new JsonObject
                {
                    ["File"] = files.Keys[key.Name],
                    ["Orders"] = new JsonArray([.. key.Orders.Select(order => JsonValue.Create(order))]),
                });
    }
}
