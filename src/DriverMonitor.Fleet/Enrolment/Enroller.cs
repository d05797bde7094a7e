using System.Collections.Immutable;
using System.Security.Cryptography;
using DriverMonitor.Core.Commands;
using DriverMonitor.Fleet.Files;
using DriverMonitor.Fleet.Wire;

namespace DriverMonitor.Fleet.Enrolment;

/// <summary>Makes what one vehicle is handed, and keeps the list of what was taken back.</summary>
/// <param name="marks">The key of marks that vehicles obey, by its name; null where this installation sends none.</param>
internal sealed class Enroller(
    EnrolmentOptions options, IssuedCertificates issued, MarkKey? marks, TimeProvider time)
{
    private const string Acknowledge = "Mqtt:Acknowledge";

    /// <summary>Where the list of what was taken back lies.</summary>
    private string RevokedFile => Path.Combine(options.Folder, "revoked.pem");

    /// <param name="isAgain">Takes back what the vehicle has; without it a name is not given twice.</param>
    /// <returns>The file's text.</returns>
    /// <exception cref="ConfigurationException">The name is taken, or something is missing in the settings.</exception>
    public async Task<string> EnrolAsync(VehicleName vehicle, bool isAgain, CancellationToken stop)
    {
        if (options.Brokers.Count == 0)
            throw new ConfigurationException("Fleet:Enrolment:Brokers is empty. Name host:port, as vehicles reach the broker.");
        using var authority = CertificateAuthority.Open(options.Folder);
        if (await issued.ValidUntilAsync(vehicle, stop) is { } until)
        {
            if (!isAgain)
                throw new ConfigurationException(
                    $"{vehicle} has a certificate until {until:yyyy-MM-dd}. With --again it is taken back and the vehicle enrolled anew.");
            await issued.RevokeAsync(vehicle, stop);
            await WriteRevokedAsync(authority, stop);
        }

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = authority.IssueVehicle(vehicle, new(key), time.GetUtcNow());
        await issued.AddAsync(vehicle, certificate, stop);
        return new Core.Commands.Enrolment(
            vehicle.Tenant, vehicle.Vehicle, [.. options.Brokers], [.. authority.Certificate], [.. certificate.RawData],
            [.. key.ExportPkcs8PrivateKey()], Keys(), Settings()).Write();
    }

    /// <returns>The file.</returns>
    public async Task<string> WriteRevokedAsync(CancellationToken stop)
    {
        using var authority = CertificateAuthority.Open(options.Folder);
        return await WriteRevokedAsync(authority, stop);
    }

    private async Task<string> WriteRevokedAsync(CertificateAuthority authority, CancellationToken stop)
    {
        PrivateFile.Write(RevokedFile, authority.RevocationList(await issued.RevokedAsync(stop), time.GetUtcNow()));
        return RevokedFile;
    }

    /// <summary>Marks have a key of their own, and it cannot erase: who takes a receiver must not be able to.</summary>
    private ImmutableArray<EnrolmentKey> Keys()
    {
        var keys = ImmutableArray.CreateBuilder<EnrolmentKey>();
        if (marks is not null) keys.Add(new(marks.Name, [.. marks.PublicKey], [.. MarkKey.Orders]));
        foreach (var (name, key) in options.OrderKeys) keys.Add(new(name, [.. Read(name, key.File)], [.. key.Orders]));
        return keys.ToImmutable();
    }

    private ImmutableSortedDictionary<string, string> Settings()
    {
        var settings = options.Settings.ToImmutableSortedDictionary(StringComparer.Ordinal);
        // Without marks a vehicle that waits for them would keep everything until its store is full.
        return settings.ContainsKey(Acknowledge) ? settings : settings.Add(Acknowledge, marks is null ? "Broker" : "Fleet");
    }

    private static byte[] Read(string name, string file)
    {
        try
        {
            using var key = ECDsa.Create();
            key.ImportFromPem(File.ReadAllText(file));
            return key.ExportSubjectPublicKeyInfo();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw new ConfigurationException($"Fleet:Enrolment:OrderKeys:{name}: {file} is no public key that can be used ({e.Message}).", e);
        }
    }
}

/// <summary>The public half of the key that signs marks.</summary>
/// <param name="PublicKey">SubjectPublicKeyInfo in DER.</param>
internal sealed record MarkKey(string Name, byte[] PublicKey)
{
    /// <summary>All that it may sign: a certificate is worth nothing without the authority's own signature.</summary>
    public static readonly IReadOnlyList<string> Orders =
        [FleetCommand.HighWaterMark.OrderName, "resend", FleetCommand.RenewCertificate.OrderName];
}
