using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using DriverMonitor.Core.Commands;
using DriverMonitor.Files;
using DriverMonitor.Time;
using Microsoft.Extensions.Logging;

namespace DriverMonitor.RemoteCommands;

/// <summary>
/// Asks the fleet for the next certificate in good time and puts it in the place of the present one. The new key is made here
/// and never leaves; the connection uses both from the next time on.
/// </summary>
/// <param name="own">Holds the vehicle's certificate and its key, both in one file, so that one step replaces both.</param>
/// <param name="authority">Holds the authority that must have signed whatever comes.</param>
/// <param name="ask">Sends a request (PKCS #10 in DER), with the end of the present certificate.</param>
internal sealed partial class CertificateRenewal(
    string own, string authority, string vehicle, ClockQuality clock, Action<byte[], DateTimeOffset> ask, TimeProvider time,
    ILogger<CertificateRenewal> log)
{
    /// <summary>Of a certificate's time: 60 of 90 days leave a month for a vehicle that stands still.</summary>
    private const double AskAfter = 2.0 / 3;

    private static readonly TimeSpan LookEvery = TimeSpan.FromHours(1), AskEvery = TimeSpan.FromHours(6);

    private readonly string _next = own + ".next";
    private readonly ILogger _log = log;
    private long? _askedAt;
    private bool _isToldOfFile;

    public async Task RunAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(LookEvery, time);
        do Look(); while (await timer.WaitForNextTickAsync(stop));
    }

    /// <summary>Takes the certificate that was asked for.</summary>
    /// <exception cref="OrderFailedException">It is not that one; the present one stays.</exception>
    public void Install(byte[] der)
    {
        try
        {
            using var renewed = X509CertificateLoader.LoadCertificate(der);
            using var present = X509Certificate2.CreateFromPem(StoredFile.ReadText(own));
            if (renewed.RawDataMemory.Span.SequenceEqual(present.RawDataMemory.Span)) return;
            if (!File.Exists(_next)) throw Refused("none was asked for");
            var pem = StoredFile.ReadText(_next);
            if (Fault(renewed, present, pem) is { } fault) throw Refused(fault);
            AtomicFile.Write(own, file => file.Write(Encoding.ASCII.GetBytes(renewed.ExportCertificatePem() + "\n" + pem)));
            File.Delete(_next);
            _askedAt = null;
            LogRenewed(renewed.NotAfter);
        }
        catch (CryptographicException e)
        {
            throw new OrderFailedException(CommandRefusal.OutOfRange, "certificate", e);
        }
    }

    private static OrderFailedException Refused(string why) => new(CommandRefusal.Failed, why);

    private string? Fault(X509Certificate2 renewed, X509Certificate2 present, string pem)
    {
        using var key = ECDsa.Create();
        key.ImportFromPem(pem);
        if (!renewed.PublicKey.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(key.ExportSubjectPublicKeyInfo()))
            return "it is for another key than the one asked for";
        if (renewed.GetNameInfo(X509NameType.SimpleName, forIssuer: false) != vehicle) return "it is for another name";
        if (renewed.NotAfter <= present.NotAfter) return "it ends no later than the present one";
        using var chain = new X509Chain();
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.ImportFromPem(StoredFile.ReadText(authority));
        chain.ChainPolicy.VerificationTime = clock.AtLeast(renewed.NotBefore).UtcDateTime;
        return chain.Build(renewed) ? null : "the authority did not sign it, or its time is over";
    }

    /// <summary>Asks for a new certificate if it is time to.</summary>
    internal void Look()
    {
        try
        {
            using var present = X509Certificate2.CreateFromPem(StoredFile.ReadText(own));
            var (from, until) = (new DateTimeOffset(present.NotBefore), new DateTimeOffset(present.NotAfter));
            if (clock.AtLeast(from) < from + AskAfter * (until - from)) return;
            if (_askedAt is { } asked && time.GetElapsedTime(asked) < AskEvery) return;
            ask(Request(), until);
            _askedAt = time.GetTimestamp();
            LogAsked(until.UtcDateTime);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            if (!_isToldOfFile) LogUnusable(own, e.Message);
            _isToldOfFile = true;
        }
    }

    /// <summary>For the same key until it is answered: an answer to the first request fits the last one, too.</summary>
    private byte[] Request()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        if (File.Exists(_next)) key.ImportFromPem(StoredFile.ReadText(_next));
        else AtomicFile.Write(_next, file => file.Write(Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem() + "\n")));
        return new CertificateRequest($"CN={vehicle}", key, HashAlgorithmName.SHA256).CreateSigningRequest();
    }

    [LoggerMessage(Level = LogLevel.Information, Message =
        "The vehicle's certificate ends on {Until:yyyy-MM-dd}; asked the fleet for the next one.")]
    private partial void LogAsked(DateTime until);

    [LoggerMessage(Level = LogLevel.Information, Message = "The vehicle's certificate was renewed; it ends on {Until:yyyy-MM-dd}.")]
    private partial void LogRenewed(DateTime until);

    [LoggerMessage(Level = LogLevel.Error, Message =
        "The vehicle's certificate cannot be renewed: {File} cannot be used ({Why}). Enrol the vehicle again before it ends.")]
    private partial void LogUnusable(string file, string why);
}
