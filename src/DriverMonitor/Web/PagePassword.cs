using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DriverMonitor.Configuration;
using DriverMonitor.Files;

namespace DriverMonitor.Web;

/// <summary>
/// The one password of the page, kept as its PBKDF2 hash. 600,000 rounds of HMAC-SHA-256 are what OWASP's password storage
/// guide asks for; a guess costs a Pi most of a second.
/// </summary>
internal sealed class PagePassword
{
    public const int Shortest = 10;

    private const string Scheme = "pbkdf2-sha256";
    private const int Rounds = 600_000;

    /// <summary>More would hold the page for minutes at every guess.</summary>
    private const int MostRounds = 10_000_000;

    private readonly byte[] _salt, _hash;
    private readonly int _rounds;

    // Guesses wait for one another: a flood of them must not take every core from the judgement.
    private readonly Lock _one = new();

    private PagePassword(int rounds, byte[] salt, byte[] hash) => (_rounds, _salt, _hash) = (rounds, salt, hash);

    /// <summary>Where it is kept; null where neither the settings nor systemd name a place.</summary>
    public static string? Place(WebSettings settings) =>
        settings.PasswordFile ?? (ServiceFolders.State(null) is { } folder ? Path.Combine(folder, "page.password") : null);

    /// <summary>The password that was set; null if none was.</summary>
    /// <exception cref="ConfigurationException">The file is there and no password can be made of it.</exception>
    public static PagePassword? Load(WebSettings settings)
    {
        if (Place(settings) is not { } place) return null;
        var file = ServiceFolders.Credential(place);
        if (!File.Exists(file))
        {
            return settings.PasswordFile is null
                ? null
                : throw new ConfigurationException(
                    $"Web:PasswordFile {file} does not exist. Run 'drivermonitor password' to make it.");
        }

        try
        {
            if (
                StoredFile.ReadText(file).Trim().Split('$') is [Scheme, var rounds, var salt, var hash]
                && int.TryParse(rounds, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
                && count is >= 1000 and <= MostRounds
                && Convert.FromBase64String(salt) is { Length: >= 8 } salted
                && Convert.FromBase64String(hash) is { Length: >= 16 } hashed)
                return new(count, salted, hashed);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new ConfigurationException(
                $"Password file {file} cannot be read: {e.Message} Run 'drivermonitor password' as the service's user.", e);
        }

        throw new ConfigurationException($"Password file {file} holds no password. Run 'drivermonitor password' again.");
    }

    /// <summary>Keeps a new password, readable by its owner alone.</summary>
    public static void Save(string file, string password)
    {
        var salt = RandomNumberGenerator.GetBytes(16);
        var hash = Rfc2898DeriveBytes.Pbkdf2(password, salt, Rounds, HashAlgorithmName.SHA256, 32);
        var text = $"{Scheme}${Rounds}${Convert.ToBase64String(salt)}${Convert.ToBase64String(hash)}\n";
        AtomicFile.Write(Path.GetFullPath(file), stream => stream.Write(Encoding.ASCII.GetBytes(text)));
    }

    public bool Fits(string guess)
    {
        lock (_one)
        {
            var made = Rfc2898DeriveBytes.Pbkdf2(guess, _salt, _rounds, HashAlgorithmName.SHA256, _hash.Length);
            return CryptographicOperations.FixedTimeEquals(made, _hash);
        }
    }
}
