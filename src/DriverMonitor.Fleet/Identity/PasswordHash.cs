using System.Globalization;
using System.Security.Cryptography;

namespace DriverMonitor.Fleet.Identity;

/// <summary>
/// A password as its PBKDF2 hash. 600,000 rounds of HMAC-SHA-256 are what OWASP's password storage guide asks for.
/// </summary>
internal static class PasswordHash
{
    public const int Shortest = 10, Longest = 200;

    private const string Scheme = "pbkdf2-sha256";
    private const int Rounds = 600_000, MostRounds = 10_000_000;

    /// <summary>
    /// Compared with where there is no such account, so that the time of an answer tells nobody which names exist.
    /// </summary>
    private static readonly string Nobody = Of(Convert.ToHexString(RandomNumberGenerator.GetBytes(16)));

    // One at a time: a flood of guesses must not take every core from the receiving.
    private static readonly SemaphoreSlim One = new(1, 1);

    public static string Of(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(16);
        var hash = Rfc2898DeriveBytes.Pbkdf2(password, salt, Rounds, HashAlgorithmName.SHA256, 32);
        return string.Create(
            CultureInfo.InvariantCulture, $"{Scheme}${Rounds}${Convert.ToBase64String(salt)}${Convert.ToBase64String(hash)}");
    }

    /// <param name="stored">Null: an account that does not exist or has no password; takes as long and is false.</param>
    public static async Task<bool> FitsAsync(string? stored, string guess, CancellationToken stop)
    {
        await One.WaitAsync(stop);
        try
        {
            return await Task.Run(() => Fits(stored ?? Nobody, guess), stop) && stored is not null;
        }
        finally
        {
            One.Release();
        }
    }

    private static bool Fits(string stored, string guess)
    {
        if (stored.Split('$') is not [Scheme, var rounds, var salt, var hash]
            || !int.TryParse(rounds, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            || count is < 1000 or > MostRounds) return false;
        var expected = Convert.FromBase64String(hash);
        var made = Rfc2898DeriveBytes.Pbkdf2(
            guess, Convert.FromBase64String(salt), count, HashAlgorithmName.SHA256, expected.Length);
        return CryptographicOperations.FixedTimeEquals(made, expected);
    }
}
