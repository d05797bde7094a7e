using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DriverMonitor.Core.Events;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace DriverMonitor.Mqtt;

/// <summary>A password, certificate or key cannot be used; the message says which file and what to do.</summary>
internal sealed class MqttFileException(string message, Exception inner) : Exception(message, inner);

/// <summary>Turns our settings into the library's. Files are read each time, so that a renewed certificate needs no restart.</summary>
internal static class ClientOptions
{
    /// <summary>For connecting, and for the answer to a publish: an unanswered link is a dead one.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>A tunnel or a change of mast must not report a vehicle lost.</summary>
    private const uint WillDelaySeconds = 10;

    /// <summary>The broker keeps orders for a vehicle out of reach this long; it must outlive the will's delay, which ends with the session.</summary>
    private const uint SessionSeconds = 86_400;

    /// <summary>Nothing longer is an order, and a broker must not be able to fill our memory.</summary>
    private const uint LargestPacket = 64 * 1024;

    /// <summary>How the vehicle connects: with its last will.</summary>
    /// <param name="isOld">MQTT 3.1.1: the will comes without delay, and the receiver must wait the ten seconds.</param>
    public static MqttClientOptions ForLink(MqttSettings settings, BrokerAddress broker, WireIdentity who, Topics topics, bool isOld)
    {
        var options = Common(settings, broker, $"dm-{settings.Tenant}-{settings.Vehicle}", isOld)
            // Resuming the session keeps the orders that came meanwhile, and cancels a will that still waits; our own queue re-sends.
            .WithCleanStart(false)
            .WithWillTopic(topics.Status)
            .WithWillPayload(WirePresence.Lost(who))
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
    public static MqttClientOptions ForVisit(MqttSettings settings, BrokerAddress broker, string clientId, bool isOld = false) =>
        Common(settings, broker, clientId, isOld).WithCleanStart(true).Build();

    private static MqttClientOptionsBuilder Common(MqttSettings settings, BrokerAddress broker, string clientId, bool isOld)
    {
        var options = new MqttClientOptionsBuilder()
            .WithProtocolVersion(isOld ? MqttProtocolVersion.V311 : MqttProtocolVersion.V500)
            .WithTcpServer(broker.Host, broker.Port)
            .WithClientId(clientId)
            .WithKeepAlivePeriod(settings.KeepAlive)
            .WithTimeout(Patience);
        if (settings.User is not null) options.WithCredentials(settings.User, Password(settings));
        if (settings.Tls is { } tls) options.WithTlsOptions(builder => Secure(builder, tls, broker));
        return options;
    }

    private static string Password(MqttSettings settings) => settings.PasswordFile is not { } file
        ? ""
        : Load("Mqtt:PasswordFile", file, () => File.ReadLines(file).FirstOrDefault("").TrimEnd('\r'));

    private static void Secure(MqttClientTlsOptionsBuilder builder, TlsSettings tls, BrokerAddress broker)
    {
        builder.UseTls().WithTargetHost(broker.Host);
        if (tls.CaFile is { } authority)
        {
            var trusted = new X509Certificate2Collection();
            Load("Mqtt:Tls:CaFile", authority, () =>
            {
                trusted.ImportFromPemFile(authority);
                return true;
            });
            builder.WithTrustChain(trusted);
        }

        if (tls is { CertificateFile: { } certificate, KeyFile: { } key })
            builder.WithClientCertificates([Load("Mqtt:Tls:CertificateFile", certificate, () => X509Certificate2.CreateFromPemFile(certificate, key))]);
    }

    private static T Load<T>(string setting, string file, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new MqttFileException($"{setting}: {file} cannot be used: {e.Message.ReplaceLineEndings(" ")} "
                + "Check the path, and that the service's user may read it.", e);
        }
    }
}
