using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DriverMonitor.Configuration;
using DriverMonitor.Core.Wire;
using DriverMonitor.Files;
using DriverMonitor.Time;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace DriverMonitor.Mqtt;

/// <summary>A password, certificate or key cannot be used; the message says which file and what to do.</summary>
internal sealed class MqttFileException(string message, Exception inner) : Exception(message, inner);

/// <summary>
/// Turns our settings into the library's. Files are read each time, so that a renewed certificate needs no restart.
/// </summary>
internal static class ClientOptions
{
    /// <summary>For connecting, and for the answer to a publish: an unanswered link is a dead one.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>A tunnel or a change of mast must not report a vehicle lost.</summary>
    private const uint WillDelaySeconds = 10;

    /// <summary>
    /// The broker keeps orders for a vehicle out of reach this long; it must outlive the will's delay, which ends with the
    /// session.
    /// </summary>
    private const uint SessionSeconds = 86_400;

    /// <summary>Nothing longer is an order, and a broker must not be able to fill our memory.</summary>
    private const uint LargestPacket = 64 * 1024;

    /// <summary>How the vehicle connects: with its last will.</summary>
    /// <param name="isOld">MQTT 3.1.1: the will comes without delay, and the receiver must wait the ten seconds.</param>
    public static MqttClientOptions ForLink(MqttSettings settings, BrokerAddress broker, PublisherContext voice, bool isOld)
    {
        var options = Common(settings, broker, $"dm-{settings.Tenant}-{settings.Vehicle}", voice.Clock, isOld)
            // Resuming the session keeps the orders that came meanwhile, and cancels a will that still waits; our own queue
            // re-sends.
            .WithCleanStart(false)
            .WithWillTopic(voice.Topics.Status)
            .WithWillPayload(WirePresence.Lost(voice.Who))
            .WithWillQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
            .WithWillRetain(true);
        return isOld
            ? options.Build()
            : options
                .WithSessionExpiryInterval(SessionSeconds)
                .WithMaximumPacketSize(LargestPacket)
                .WithWillContentType("application/json")
                .WithWillDelayInterval(WillDelaySeconds)
                .Build();
    }

    /// <summary>How someone looks in without disturbing the vehicle's own connection.</summary>
    public static MqttClientOptions ForVisit(
        MqttSettings settings, BrokerAddress broker, string clientId, TimeProvider time, bool isOld = false) =>
        Common(settings, broker, clientId, new(time), isOld).WithCleanStart(true).Build();

    private static MqttClientOptionsBuilder Common(
        MqttSettings settings, BrokerAddress broker, string clientId, ClockQuality clock, bool isOld)
    {
        var options = new MqttClientOptionsBuilder()
            .WithProtocolVersion(isOld ? MqttProtocolVersion.V311 : MqttProtocolVersion.V500)
            .WithTcpServer(broker.Host, broker.Port)
            .WithClientId(clientId)
            .WithKeepAlivePeriod(settings.KeepAlive)
            .WithTimeout(Patience);
        if (settings.User is not null) options.WithCredentials(settings.User, Password(settings));
        if (settings.Tls is { } tls) options.WithTlsOptions(builder => Secure(builder, tls, broker, clock));
        return options;
    }

    private static string Password(MqttSettings settings) =>
        settings.PasswordFile is { } file ? Load("Mqtt:PasswordFile", file, () => FirstLine(file)) : "";

    private static void Secure(MqttClientTlsOptionsBuilder builder, TlsSettings tls, BrokerAddress broker, ClockQuality clock)
    {
        var authorities = tls.CaFile is { } ca ? Load("Mqtt:Tls:CaFile", ca, () => Authorities(ca)) : null;
        var revoked = tls.RevokedFile is { } list
            ? Load(
                "Mqtt:Tls:RevokedFile",
                list,
                () => CertificateRevocationListBuilder.LoadPem(StoredFile.ReadText(ServiceFolders.Credential(list)), out _))
            : null;
        var own = tls is { CertificateFile: { } certificate, KeyFile: { } key }
            ? Own(certificate, key, tls.KeyPasswordFile)
            : null;
        var trust = new BrokerTrust(clock, authorities, revoked, own);

        builder.UseTls().WithTargetHost(broker.Host).WithSslProtocols(SslProtocols.Tls13);
        if (own is not null) builder.WithClientCertificates([own]);
        // Where this says how it is done the library does not look itself; a handler that returns has found no fault.
        builder.WithCertificateValidationHandler(shown =>
        {
            trust.Verify((X509Certificate2)shown.Certificate, shown.Chain?.ChainElements, shown.SslPolicyErrors);
            return true;
        });
    }

    private static X509Certificate2Collection Authorities(string file)
    {
        var found = new X509Certificate2Collection();
        found.ImportFromPemFile(ServiceFolders.Credential(file));
        return found.Count > 0 ? found : throw new CryptographicException("there is no certificate in it.");
    }

    private static X509Certificate2 Own(string certificate, string key, string? passwordFile)
    {
        var password = passwordFile is null
            ? null
            : Load("Mqtt:Tls:KeyPasswordFile", passwordFile, () => FirstLine(passwordFile));
        var (certificateAt, keyAt) = (ServiceFolders.Credential(certificate), ServiceFolders.Credential(key));
        return Load("Mqtt:Tls:CertificateFile and KeyFile", $"{certificate} with {key}", () => password is null
            ? X509Certificate2.CreateFromPemFile(certificateAt, keyAt)
            : X509Certificate2.CreateFromEncryptedPemFile(certificateAt, password, keyAt));
    }

    private static string FirstLine(string file) =>
        StoredFile.ReadText(ServiceFolders.Credential(file)).Split('\n')[0].TrimEnd('\r');

    private static T Load<T>(string setting, string file, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw new MqttFileException($"{setting}: {file} cannot be used: {e.Message.ReplaceLineEndings(" ")} "
                + "Check the path, and that the service's user may read it.", e);
        }
    }
}
