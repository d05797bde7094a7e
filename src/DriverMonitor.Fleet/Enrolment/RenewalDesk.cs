using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Nodes;
using DriverMonitor.Core.Commands;
using DriverMonitor.Fleet.Feed;
using DriverMonitor.Fleet.Intake;
using DriverMonitor.Fleet.Orders;
using DriverMonitor.Fleet.Wire;
using Microsoft.Extensions.Logging;

namespace DriverMonitor.Fleet.Enrolment;

/// <summary>
/// Answers vehicles that ask for their next certificate, without hands: by the order <c>certificate</c>. Who was revoked gets
/// none. An answer that is lost on its way is asked for again by the vehicle.
/// </summary>
internal sealed partial class RenewalDesk(
    CertificateAuthority authority, IssuedCertificates issued, CommandSigner signer, IIntake intake, TimeProvider time,
    ILogger<RenewalDesk> log) : IFeedHandler
{
    private const string P256 = "1.2.840.10045.3.1.7";

    private readonly ILogger _log = log;

    public string Name => "renewals";

    public IReadOnlyCollection<EventType> Wanted { get; } = [EventType.CertificateRequest];

    public async Task HandleAsync(IReadOnlyList<FeedEvent> events, CancellationToken stop)
    {
        // Of several questions of one vehicle the last is answered: they are all for the same key.
        foreach (var asked in events.GroupBy(one => one.VehicleId).Select(of => of.Last())) await AnswerAsync(asked, stop);
    }

    private async Task AnswerAsync(FeedEvent asked, CancellationToken stop)
    {
        var vehicle = new VehicleName(asked.TenantName, asked.Vehicle);
        if (await issued.IsAnsweredAsync(vehicle, asked.ReceivedAt, stop)) return;
        if (await issued.ValidUntilAsync(vehicle, stop) is null)
        {
            LogRefused(vehicle, "it has no certificate of ours that counts; enrol it");
            return;
        }

        if (KeyOf(asked) is not { } key)
        {
            LogRefused(vehicle, "what it sent is no request for its own name with a key on P-256");
            return;
        }

        var now = time.GetUtcNow();
        using var certificate = authority.IssueVehicle(vehicle, key, now);
        await issued.AddAsync(vehicle, certificate, stop);
        var args = new JsonObject { ["certificate"] = Convert.ToBase64String(certificate.RawData) };
        const string Order = FleetCommand.RenewCertificate.OrderName;
        var body = signer.Sign(
            $"renew-{certificate.SerialNumber[..16]}", $"{vehicle}", Order, args, now.ToUnixTimeMilliseconds(), now);
        if (await intake.PublishAsync(TopicName.Order(vehicle.Tenant, vehicle.Vehicle, Order), body, stop))
            LogRenewed(vehicle, certificate.NotAfter);
        else LogRefused(vehicle, "the broker cannot be told; the vehicle will ask again");
    }

    /// <summary>The key of a request that proves that whoever wrote it has the key, and names no other vehicle.</summary>
    private static PublicKey? KeyOf(FeedEvent asked)
    {
        try
        {
            using var body = JsonDocument.Parse(asked.Body);
            if (!body.RootElement.TryGetProperty("csr", out var text) || text.ValueKind != JsonValueKind.String) return null;
            var request = CertificateRequest.LoadSigningRequest(Convert.FromBase64String(text.GetString()!),
                HashAlgorithmName.SHA256);
            using var key = request.PublicKey.GetECDsaPublicKey();
            return key?.ExportParameters(includePrivateParameters: false).Curve.Oid.Value == P256
                && request.SubjectName.Name == $"CN={asked.Vehicle}" ? request.PublicKey : null;
        }
        catch (Exception e) when (e is CryptographicException or FormatException or JsonException)
        {
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The certificate of {Vehicle} is renewed until {Until:yyyy-MM-dd}.")]
    private partial void LogRenewed(VehicleName vehicle, DateTime until);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The certificate of {Vehicle} is not renewed: {Why}.")]
    private partial void LogRefused(VehicleName vehicle, string why);
}
