using DriverMonitor.Core.Commands;

namespace DriverMonitor.Core.Wire;

/// <summary>Bodies of what a vehicle says about orders and about its own records.</summary>
public static class WireAnswer
{
    /// <summary>The answer to an order, for <c>cmdack/{name}</c>.</summary>
    public static byte[] Answer(WireIdentity who, WireStamp stamp, TimeSpan at, CommandAnswer answer) =>
        WireEnvelope.Write(who, stamp, at, "order.answer", answer.Name, "cmdack:1.0", json =>
        {
            json.WriteString("id", answer.Id);
            json.WriteString("name", answer.Name);
            json.WriteBoolean("ok", answer.Ok);
            if (answer.Reason is not null) json.WriteString("reason", answer.Reason);
            if (answer.Detail is not null) json.WriteString("detail", answer.Detail);
            if (answer.IsRepeated) json.WriteBoolean("repeated", true);
            if (answer.Bundle is not null) json.WriteString("bundle", answer.Bundle);
            if (answer.Lines.Length == 0) return;
            json.WriteStartArray("lines");
            foreach (var line in answer.Lines) json.WriteStringValue(line);
            json.WriteEndArray();
        }, about: answer.Id);

    /// <summary>A driver was forgotten in the vehicle: whoever holds a copy deletes it on this receipt.</summary>
    /// <param name="alias">The driver's pseudonym.</param>
    /// <param name="files">Files that were deleted.</param>
    public static byte[] Erased(WireIdentity who, WireStamp stamp, TimeSpan at, string alias, int files) =>
        WireEnvelope.Write(who, stamp, at, "erased", "driver", "erased:1.0", json =>
        {
            json.WriteString("driver", alias);
            json.WriteNumber("files", files);
        });

    /// <summary>The vehicle's certificate ends: it asks for the next one, for a key that never leaves it.</summary>
    /// <param name="request">PKCS #10 in DER.</param>
    /// <param name="until">When the present one ends.</param>
    public static byte[] CertificateRequest(
        WireIdentity who, WireStamp stamp, TimeSpan at, ReadOnlyMemory<byte> request, DateTimeOffset until) =>
        WireEnvelope.Write(who, stamp, at, "certificate.request", "certificate", "certificate-request:1.0", json =>
        {
            json.WriteString("csr", Convert.ToBase64String(request.Span));
            json.WriteString("until", WireEnvelope.Text(until));
        });

    /// <summary>
    /// How long the vehicle's audit log is and what it ends with, so that a shortened or rewritten one is seen.
    /// </summary>
    /// <param name="key">Name of the device's key; null where it has none.</param>
    /// <param name="signature">What that key says of the head: DER, as base64.</param>
    public static byte[] AuditHead(
        WireIdentity who, WireStamp stamp, TimeSpan at, long entries, string hash, string? key = null,
        string? signature = null) =>
        WireEnvelope.Write(who, stamp, at, "audit.head", "audit", "audit-head:1.0", json =>
        {
            json.WriteNumber("entries", entries);
            json.WriteString("hash", hash);
            if (key is null) return;
            json.WriteString("kid", key);
            json.WriteString("sig", signature);
        });
}
