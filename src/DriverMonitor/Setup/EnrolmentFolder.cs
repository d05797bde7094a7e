using System.Security.Cryptography;
using System.Text;
using DriverMonitor.Core.Commands;
using DriverMonitor.Files;

namespace DriverMonitor.Setup;

/// <summary>
/// The files of one enrolment in a folder of their own. The settings name them, so an enrolment counts from the moment in which
/// the settings are replaced, and a crash before it leaves the former one whole.
/// </summary>
/// <param name="state">The service's state folder: the service itself renews the certificate there.</param>
internal sealed class EnrolmentFolder(string state)
{
    private string Parent { get; } = Path.Combine(state, "enrolment");

    /// <summary>Whether a file lies in a folder of ours.</summary>
    public bool Holds(string? file) => file is not null && Path.GetFullPath(file).StartsWith(Parent + "/", StringComparison.Ordinal);

    /// <summary>Writes the files, each readable by the service alone.</summary>
    /// <exception cref="IOException">One of them cannot be written; nothing is left.</exception>
    public EnrolmentFiles Write(Enrolment enrolment)
    {
        var folder = Path.Combine(Parent, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)));
        try
        {
            // Certificate and key in one file: a renewal replaces both in one step.
            var own = Put(folder, "vehicle.pem", Pem("CERTIFICATE", enrolment.Certificate) + Pem("PRIVATE KEY", enrolment.Key));
            var authority = Put(folder, "authority.pem", Pem("CERTIFICATE", enrolment.Authority));
            var keys = enrolment.Keys.ToDictionary(
                key => key.Name, key => Put(folder, $"key-{key.Name}.pem", Pem("PUBLIC KEY", key.PublicKey)));
            return new(folder, authority, own, keys);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Delete(folder);
            throw;
        }
    }

    /// <summary>Takes away every enrolment but one.</summary>
    public void KeepOnly(EnrolmentFiles files)
    {
        foreach (var other in Directory.GetDirectories(Parent))
            if (other != files.Folder) Delete(other);
    }

    public static void Delete(string folder)
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }

    private static string Put(string folder, string name, string text)
    {
        var file = Path.Combine(folder, name);
        AtomicFile.Write(file, stream => stream.Write(Encoding.ASCII.GetBytes(text)));
        return file;
    }

    private static string Pem(string label, IEnumerable<byte> der) => PemEncoding.WriteString(label, [.. der]) + "\n";
}

/// <summary>Where the files of an enrolment lie.</summary>
/// <param name="Own">The vehicle's certificate and key, both in this file.</param>
/// <param name="Keys">Files of the fleet's public keys by their names.</param>
internal sealed record EnrolmentFiles(string Folder, string Authority, string Own, IReadOnlyDictionary<string, string> Keys);
