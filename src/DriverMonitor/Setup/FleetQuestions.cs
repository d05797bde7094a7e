using System.Text.Json.Nodes;
using DriverMonitor.Monitoring;
using DriverMonitor.Mqtt;

namespace DriverMonitor.Setup;

/// <summary>Who hears of alerts, under which name, and how the way there is kept.</summary>
/// <param name="now">The settings as they are: what an empty answer keeps.</param>
/// <param name="credentials">The folder for the password.</param>
internal sealed class FleetQuestions(IDialogue dialogue, SettingsDraft draft, MonitorOptions now, string credentials)
{
    private const string None = "none";

    public void Ask()
    {
        dialogue.Print("Fleet (one that hands out an enrolment file: drivermonitor setup --enrol FILE)");
        var broker = dialogue.Prompt(
            "broker",
            "MQTT broker, host:port, or none",
            now.Mqtt.Brokers.FirstOrDefault(None),
            answer =>
                answer == None || BrokerAddress.TryParse(answer, tls: true, out _)
                    ? null
                    : "Give host:port, such as broker.example.com:8883.");
        draft.Set("Mqtt:Brokers", broker == None ? new JsonArray() : new JsonArray(broker));
        if (broker == None) return;

        AskName("fleet", "Name of the fleet", "Mqtt:Tenant", now.Mqtt.Tenant);
        AskName("vehicle", "Name of this vehicle", "Mqtt:Vehicle", now.Mqtt.Vehicle);
        AskPassword();
        AskEncryption();
    }

    private void AskName(string key, string question, string setting, string usual) =>
        draft.Set(setting, dialogue.Prompt(key, question, usual, answer => draft.FaultWith(setting, answer)));

    /// <summary>On unless it was switched off before: what is sent tells of a person.</summary>
    private void AskEncryption()
    {
        if (!dialogue.Confirm("tls", "Encrypted (TLS)", byDefault: now.Mqtt.Tls is not null || now.Mqtt.Brokers.Count == 0))
        {
            draft.Set("Mqtt:Tls", null);
            return;
        }

        var authority = AskFile(
            "authority", "Certificate of the broker's authority (a PEM file), or none for a public one", now.Mqtt.Tls?.CaFile);
        // A section without any key would not be seen as one.
        draft.Write("Mqtt:Tls:CaFile", authority);
        var certificate = AskFile("certificate", "The vehicle's own certificate (a PEM file), or none", now.Mqtt.Tls?.CertificateFile);
        draft.Set("Mqtt:Tls:CertificateFile", certificate);
        draft.Set(
            "Mqtt:Tls:KeyFile",
            certificate is null ? null : AskFile("key", "Its private key (a PEM file)", now.Mqtt.Tls?.KeyFile));
    }

    private string? AskFile(string key, string question, string? usual)
    {
        var file = dialogue.Prompt(
            key, question, usual ?? None, answer => answer == None || File.Exists(answer) ? null : $"There is no file {answer}.");
        return file == None ? null : file;
    }

    private void AskPassword()
    {
        var user = dialogue.Prompt("user", "User name at the broker, or none", now.Mqtt.User ?? None);
        draft.Set("Mqtt:User", user == None ? null : user);
        if (user == None)
        {
            draft.Set("Mqtt:PasswordFile", null);
            return;
        }

        var file = Path.Combine(credentials, "password");
        var password = dialogue.Secret("password", "Password (empty: as it is)");
        if (password.Length > 0) draft.Keep(file, place => SecretFile.Write(place, password));
        draft.Set("Mqtt:PasswordFile", file);
    }
}
